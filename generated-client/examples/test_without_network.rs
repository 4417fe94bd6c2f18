//! Tests a function that uses Plivo, without Plivo and without a network.
//!
//! `cargo test --example test_without_network --features testing`

mod connect;

use std::io::{Write, stdout};

use plivo::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), connect::Failure> {
    writeln!(stdout(), "{}", balance(&connect::builder()?.build()?).await?)?;
    Ok(())
}

/// What the account has left, for a page of the console.
pub(crate) async fn balance(client: &Client) -> plivo::Result<String> {
    let account = client.account().get().await?;
    Ok(account.cash_credits.as_ref().map_or_else(|| "no balance".to_owned(), |credits| format!("{credits} USD")))
}

#[cfg(test)]
mod tests {
    use plivo::testing::Script;

    use super::balance;

    #[tokio::test]
    async fn the_balance_is_in_dollars() -> plivo::Result<()> {
        let script = Script::new().answer(200, r#"{ "api_id": "a", "auth_id": "MA", "cash_credits": "12.50" }"#);
        assert_eq!(balance(&script.client()).await?, "12.50 USD");
        assert_eq!(script.requests()[0].method, "GET");
        Ok(())
    }

    #[tokio::test]
    async fn an_account_without_a_balance_is_no_error() -> plivo::Result<()> {
        let script = Script::new().answer(200, r#"{ "api_id": "a", "auth_id": "MA" }"#);
        assert_eq!(balance(&script.client()).await?, "no balance");
        Ok(())
    }
}
