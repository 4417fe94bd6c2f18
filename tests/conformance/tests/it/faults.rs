//! Creates profiles under every fault of the simulator: the outcome that the client reports is true.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use plivo::clock::{Clock, Sleep};
use plivo::profile::CreateProfile;
use plivo::{Client, Outcome};
use plivo_simulator::{Damage, Drift, Fault, Options, Reset, Simulator};

use crate::support::{AUTH_ID, AUTH_TOKEN, model_of_profile};

const CALLERS: usize = 16;
const CALLS: usize = 60;

/// Real time, but no wait before a retry.
struct NoBackoff(Instant);

impl Clock for NoBackoff {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }

    fn since_1970(&self) -> Duration {
        Duration::ZERO
    }

    fn sleep(&self, time: Duration) -> Sleep {
        Box::pin(tokio::time::sleep(time))
    }

    fn random(&self) -> f64 {
        0.0
    }
}

/// Faults that each hit a share of the creates, before or after they are executed.
fn faults() -> Vec<Fault> {
    let some = || Fault::on("profile.create").chance(0.05);
    vec![
        some().reset(Reset::BeforeRead),
        some().reset(Reset::BeforeExecuting),
        some().reset(Reset::AfterExecuting),
        some().reset(Reset::InBody),
        some().status(429).retry_after(0),
        some().status(503),
        some().status(503).executed(),
        some().status(408).executed(),
        some().status(302),
        some().status(303).executed(),
        some().status(307),
        some().damage(Damage::Truncated),
        some().damage(Damage::Malformed),
        some().drift(Drift::Drop, "/profile_uuid"),
        some().body("<html>"),
    ]
}

fn request(alias: &str) -> CreateProfile {
    let request = serde_json::json!({
        "profile_alias": alias, "customer_type": "DIRECT", "entity_type": "PRIVATE", "company_name": "Example LLC",
        "vertical": "RETAIL",
        "address": { "street": "1 Main Street", "city": "Springfield", "state": "IL", "postal_code": "62701",
            "country": "US" },
        "authorized_contact": { "first_name": "Ada", "last_name": "Example", "email": "ada@example.com",
            "phone": "+12175550123", "title": "Ms", "seniority": "CEO" },
    });
    serde_json::from_value(request).expect("a request")
}

/// The alias and the outcome of each create; `None` if it succeeded.
async fn create_all(client: &Client) -> Vec<(String, Option<Outcome>)> {
    let callers: Vec<_> = (0..CALLERS)
        .map(|caller| {
            let client = client.clone();
            tokio::spawn(async move {
                let mut outcomes = Vec::new();
                for call in 0..CALLS {
                    let alias = format!("{caller}-{call}");
                    let result = client.send(request(&alias)).await;
                    outcomes.push((alias, result.err().map(|error| error.outcome())));
                }
                outcomes
            })
        })
        .collect();
    let mut all = Vec::new();
    for caller in callers {
        all.extend(caller.await.expect("the task does not panic"));
    }
    all
}

/// The number of stored profiles by alias.
async fn stored(client: &Client) -> HashMap<String, usize> {
    let mut items = client.profile().list().items();
    let mut stored = HashMap::new();
    while let Some(profile) = items.next().await {
        let alias = profile.expect("no fault is active").profile_alias.expect("an alias");
        *stored.entry(alias).or_default() += 1;
    }
    stored
}

#[tokio::test]
async fn the_reported_outcome_of_a_create_is_true() {
    let options = Options::new().credentials(AUTH_ID, AUTH_TOKEN).no_limit().seed(7).faults(faults());
    let simulator = Simulator::start(model_of_profile(), options).await.expect("a free port");
    let builder = Client::builder().credentials(AUTH_ID, AUTH_TOKEN).base_url(simulator.url()).without_limits();
    let client = builder.clock(NoBackoff(Instant::now())).build().expect("a client");
    let outcomes = create_all(&client).await;
    simulator.set_faults([]).expect("no faults");
    let stored = stored(&client).await;
    let mut seen: HashMap<_, [usize; 2]> = HashMap::new();
    for (alias, outcome) in outcomes {
        let count = stored.get(&alias).copied().unwrap_or(0);
        let possible = match outcome {
            None | Some(Outcome::Executed) => 1..=1,
            Some(Outcome::NotSent | Outcome::Rejected) => 0..=0,
            Some(Outcome::Unknown) => 0..=1,
        };
        assert!(possible.contains(&count), "{alias}: {outcome:?}, but {count} are stored");
        seen.entry(outcome).or_default()[count] += 1;
    }
    // No other profile exists, and every outcome that a server can cause occurred; `Unknown` both with and without a profile.
    assert_eq!(stored.values().sum::<usize>(), seen.values().map(|[_, one]| one).sum::<usize>());
    let both = |outcome| seen.get(&outcome).is_some_and(|[none, one]| *none > 0 && *one > 0);
    assert!(both(Some(Outcome::Unknown)), "{seen:?}");
    for outcome in [None, Some(Outcome::Executed), Some(Outcome::Rejected)] {
        assert!(seen.contains_key(&outcome), "{outcome:?} is not in {seen:?}");
    }
}
