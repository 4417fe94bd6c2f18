//! Creates a profile and prints the request and the response.
//!
//! Set PLIVO_AUTH_ID and PLIVO_AUTH_TOKEN to the credentials of the account. Set PLIVO_BASE_URL to use another server,
//! such as the simulator of this project. Without arguments, the example creates the profile of a made-up bakery. With
//! `--request FILE`, it sends the request in a JSON or YAML file.

use std::env;
use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Arc;

use plivo::profile::{
    Address, AuthorizedContact, CreateProfile, CustomerType, EntityType, ProfileCreated, Seniority, Vertical,
};
use plivo::transport::{Transport, TransportFuture, TransportRequest};
use plivo::{Client, Report, Response};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match create().await {
        Ok(created) => {
            print(&format!("{} api_id {}", created.status(), created.api_id().unwrap_or("-")));
            print(&format!("profile_uuid {}", created.profile_uuid));
            ExitCode::SUCCESS
        }
        Err(error) => {
            explain(&*error);
            ExitCode::FAILURE
        }
    }
}

async fn create() -> Result<Response<ProfileCreated>, Box<dyn Error>> {
    let client = client()?;
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        [] => Ok(create_bakery(&client).await?),
        ["--request", file] => Ok(client.send(read(file)?).await?),
        _ => Err("usage: create_profile [--request FILE.json|FILE.yaml]".into()),
    }
}

fn client() -> Result<Client, plivo::Error> {
    let builder = Client::builder().credentials_from_env()?.wrap_transport(|inner| PrintingTransport { inner });
    match env::var("PLIVO_BASE_URL") {
        Ok(base_url) => builder.base_url(base_url).build(),
        Err(_) => builder.build(),
    }
}

async fn create_bakery(client: &Client) -> Result<Response<ProfileCreated>, plivo::Error> {
    let address = Address::builder()
        .street("1 Main Street")
        .city("Springfield")
        .state("IL")
        .postal_code("62701")
        .country("US")
        .build();
    let contact = AuthorizedContact::builder()
        .first_name("Ada")
        .last_name("Example")
        .email("ada@example.com")
        .phone("+12175550123")
        .title("Ms")
        .seniority(Seniority::Ceo)
        .build();
    client
        .profile()
        .create()
        .profile_alias("Example Bakery")
        .customer_type(CustomerType::Direct)
        .entity_type(EntityType::Private)
        .company_name("Example Bakery LLC")
        .vertical(Vertical::Retail)
        .address(address)
        .authorized_contact(contact)
        .ein("123456789")
        .send()
        .await
}

fn read(file: &str) -> Result<CreateProfile, Box<dyn Error>> {
    let text = fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
    let is_yaml = file.ends_with(".yaml") || file.ends_with(".yml");
    let request = if is_yaml {
        plivo::read_request(serde_yaml::Deserializer::from_str(&text))
    } else {
        plivo::read_request(&mut serde_json::Deserializer::from_str(&text))
    };
    Ok(request?)
}

/// Prints each request, without the credentials, and sends it.
struct PrintingTransport {
    inner: Arc<dyn Transport>,
}

impl Transport for PrintingTransport {
    fn send(&self, request: TransportRequest) -> TransportFuture<'_> {
        print(&format!("{} {}", request.method, request.url));
        for (name, value) in &request.headers {
            let value = if value.is_sensitive() { "Basic ***" } else { value.to_str().unwrap_or("(not text)") };
            print(&format!("{name}: {value}"));
        }
        print(&format!("\n{}\n", indented(request.body.as_bytes().unwrap_or_default())));
        self.inner.send(request)
    }
}

/// Formats the body with one field per line, in the order in which they are sent.
fn indented(body: &[u8]) -> String {
    let request: Result<CreateProfile, _> = serde_json::from_slice(body);
    let pretty = request.and_then(|request| serde_json::to_string_pretty(&request));
    pretty.unwrap_or_else(|_| String::from_utf8_lossy(body).into_owned())
}

/// Prints the violations of the request, or the error and its sources.
fn explain(error: &(dyn Error + 'static)) {
    let report = error.downcast_ref::<plivo::Error>().and_then(plivo::Error::report);
    if let Some(report) = report.or_else(|| error.downcast_ref::<Report>()) {
        print_error("The request was not sent:");
        for violation in report.errors().iter().chain(report.warnings()) {
            let level = if violation.is_error() { "error" } else { "warning" };
            let (pointer, rule, source) = (violation.pointer(), violation.rule(), violation.source());
            print_error(&format!("{level}: {}", violation.message()));
            let place = if pointer.is_empty() { "the request" } else { pointer };
            print_error(&format!("  at {place}, rule {rule}, according to {source}"));
        }
        return;
    }
    print_error(&error.to_string());
    let mut cause = error.source();
    while let Some(error) = cause {
        print_error(&format!("  caused by: {error}"));
        cause = error.source();
    }
}

/// Prints a line to stdout. If its reader has closed the pipe, nobody misses the line.
fn print(text: &str) {
    let _ = writeln!(io::stdout(), "{text}");
}

fn print_error(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}
