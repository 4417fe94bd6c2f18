//! Reads tables: CSV files with comments, whose first line names the columns.

use std::fs;
use std::path::Path;

use crate::BoxError;

/// A row of a table: its line in the file, and a cell for each column.
pub(crate) type Row<const N: usize> = (usize, [String; N]);

/// Reads a table with these columns. A missing file has no rows.
pub(crate) fn read<const N: usize>(path: &Path, columns: [&str; N]) -> Result<Vec<Row<N>>, BoxError> {
    let Some(text) = text_of(path)? else { return Ok(Vec::new()) };
    let lines = text.lines().enumerate().map(|(index, line)| (index + 1, line));
    let mut rows = Vec::new();
    for (number, line) in lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        let cells = cells(line).ok_or_else(|| format!("{}:{number}: a quotation mark is missing", path.display()))?;
        let count = cells.len();
        let cells = <[String; N]>::try_from(cells)
            .map_err(|_| format!("{}:{number}: {count} cells instead of {N}", path.display()))?;
        rows.push((number, cells));
    }
    if rows.is_empty() || rows.remove(0).1 != columns {
        return Err(format!("{}: the first line must be {}", path.display(), columns.join(",")).into());
    }
    Ok(rows)
}

/// The text of a file, or `None` if there is no such file.
pub(crate) fn text_of(path: &Path) -> Result<Option<String>, BoxError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("{}: {error}", path.display()).into()),
    }
}

/// The items of a cell with a list.
pub(crate) fn words(cell: &str) -> Vec<String> {
    cell.split_whitespace().map(str::to_owned).collect()
}

/// The cells of a line. A cell in quotation marks may contain commas, and two quotation marks for one.
fn cells(line: &str) -> Option<Vec<String>> {
    let mut cells = vec![String::new()];
    let mut letters = line.chars().peekable();
    let mut is_quoted = false;
    while let Some(letter) = letters.next() {
        let cell = cells.last_mut()?;
        match letter {
            '"' if is_quoted && letters.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' if is_quoted || cell.is_empty() => is_quoted = !is_quoted,
            ',' if !is_quoted => cells.push(String::new()),
            _ => cell.push(letter),
        }
    }
    (!is_quoted).then_some(cells)
}

#[cfg(test)]
mod tests {
    use super::cells;

    #[test]
    fn cells_are_separated_by_commas_outside_of_quotation_marks() {
        assert_eq!(cells("a,,b c").unwrap(), ["a", "", "b c"]);
        assert_eq!(
            cells(r#"a,"required,max=100",x"y,"say ""no""""#).unwrap(),
            ["a", "required,max=100", "x\"y", "say \"no\""]
        );
        assert_eq!(cells(r#"a,"b"#), None);
    }
}
