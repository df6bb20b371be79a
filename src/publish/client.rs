//! One request to GitHub: octocrab as the transport, retries and limits of our own.
//!
//! octocrab's own retries are off, as they repeat a POST that may have done its work. Here only what can be repeated
//! without harm is repeated, and what the server says that it did not do. Answers are read into types with the few fields that
//! we look at, so that nothing else in them can fail.

use super::error::PublishError;
use super::target::{Target, Token};
use http_body_util::{BodyExt, Limited};
use octocrab::Octocrab;
use octocrab::service::middleware::retry::RetryConfig;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::cell::Cell;
use std::time::Duration;

/// No answer that we read is larger: a hundred comments of the longest kind.
const MAX_ANSWER: usize = 32 << 20;

/// How patient the client is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pace {
    /// How often something is tried.
    pub(super) tries: u32,
    /// The wait before the second try; it doubles from there.
    pub(super) first_wait: Duration,
    /// The longest time that is waited in all.
    pub(super) patience: Duration,
    /// The longest time for one answer.
    pub(super) answer: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            tries: 4,
            first_wait: Duration::from_millis(500),
            patience: Duration::from_secs(60),
            answer: Duration::from_secs(15),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    Get,
    Post,
    Patch,
    Delete,
}

pub(super) struct Client {
    octocrab: Octocrab,
    pub(super) target: Target,
    pub(super) token: Token,
    pace: Pace,
    /// How long was waited already.
    waited: Cell<Duration>,
}

/// What came back.
pub(super) struct Answer {
    body: Vec<u8>,
    /// Whether the server says that there is another page. Where it is, we work out ourselves: its address could lead
    /// to another host.
    pub(super) has_next: bool,
}

impl Answer {
    fn read<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        serde_json::from_slice(&self.body).map_err(|_| Failure::Outage("the answer cannot be read".to_owned()))
    }
}

/// Why one try failed.
enum Failure {
    /// The server refused; it did nothing.
    Denied { status: u16, message: String },
    /// Too many requests; the server did nothing.
    Limited { wait: Option<Duration> },
    /// Who knows what the server did.
    Outage(String),
}

impl Client {
    /// Must be called inside a runtime.
    pub(super) fn new(target: &Target, token: &Token, pace: Pace) -> Result<Self, PublishError> {
        let fail = |_| PublishError::Outage {
            doing: "The connection to GitHub cannot be set up",
            // The error could quote what it was built from.
            why: "no certificates of the system were found, or the address is no address".to_owned(),
        };
        let octocrab = Octocrab::builder()
            .base_uri(target.api.as_str())
            .and_then(|builder| builder.upload_uri(target.api.as_str()))
            .and_then(|builder| {
                builder
                    .personal_token(token.reveal())
                    .add_retry_config(RetryConfig::None)
                    .set_connect_timeout(Some(pace.answer))
                    .build()
            })
            .map_err(fail)?;
        Ok(Self { octocrab, target: target.clone(), token: token.clone(), pace, waited: Cell::new(Duration::ZERO) })
    }

    /// Reads something.
    pub(super) async fn get<T: DeserializeOwned>(
        &self,
        doing: &'static str,
        route: &str,
    ) -> Result<(T, bool), PublishError> {
        self.repeat(doing, Method::Get, route, None, |answer| Ok((answer.read()?, answer.has_next))).await
    }

    /// Changes or removes something; doing it twice does no harm.
    pub(super) async fn change(
        &self,
        doing: &'static str,
        method: Method,
        route: &str,
        body: Option<&Value>,
    ) -> Result<(), PublishError> {
        debug_assert_ne!(method, Method::Post, "a POST must not be repeated");
        self.repeat(doing, method, route, body, |_| Ok(())).await
    }

    /// Asks something by POST that changes nothing.
    pub(super) async fn ask<T: DeserializeOwned>(
        &self,
        doing: &'static str,
        route: &str,
        body: &Value,
    ) -> Result<T, PublishError> {
        self.repeat(doing, Method::Post, route, Some(body), Answer::read).await
    }

    /// Makes something new. On [`PublishError::Outage`] it may be there all the same.
    pub(super) async fn create<T: DeserializeOwned>(
        &self,
        doing: &'static str,
        route: &str,
        body: &Value,
    ) -> Result<T, PublishError> {
        loop {
            let answer = self.once(Method::Post, route, Some(body)).await;
            match answer.and_then(|answer| answer.read()) {
                Ok(made) => return Ok(made),
                // Nothing was made, so this may be repeated.
                Err(Failure::Limited { wait }) => self.wait_for_limit(doing, wait).await?,
                Err(Failure::Denied { status, message }) => {
                    return Err(PublishError::Denied { doing, status, message });
                }
                Err(Failure::Outage(why)) => return Err(PublishError::Outage { doing, why }),
            }
        }
    }

    async fn repeat<T>(
        &self,
        doing: &'static str,
        method: Method,
        route: &str,
        body: Option<&Value>,
        read: impl Fn(&Answer) -> Result<T, Failure>,
    ) -> Result<T, PublishError> {
        let mut tried = 0;
        loop {
            match self.once(method, route, body).await.and_then(|answer| read(&answer)) {
                Ok(value) => return Ok(value),
                Err(Failure::Denied { status, message }) => {
                    return Err(PublishError::Denied { doing, status, message });
                }
                Err(Failure::Limited { wait }) => self.wait_for_limit(doing, wait).await?,
                Err(Failure::Outage(why)) => {
                    tried += 1;
                    if tried >= self.pace.tries || !self.back_off(tried).await {
                        return Err(PublishError::Outage { doing, why });
                    }
                }
            }
        }
    }

    /// Waits before the next try, longer each time; false when there is no patience left.
    pub(super) async fn back_off(&self, tried: u32) -> bool {
        self.wait(self.pace.first_wait * 2u32.saturating_pow(tried.saturating_sub(1))).await
    }

    /// Asks GraphQL, which an enterprise server has beside its REST API and not below it.
    pub(super) async fn graphql<T: DeserializeOwned>(&self, query: &'static str) -> Result<T, PublishError> {
        let (doing, question) = ("The question to GraphQL fails", json!({"query": query}));
        match self.target.api.strip_suffix("/api/v3") {
            Some(host) => {
                // octocrab puts the path of its address before every route.
                let beside = Target { api: host.to_owned(), ..self.target.clone() };
                let beside = Self::new(&beside, &self.token, self.pace)?;
                beside.ask(doing, "/api/graphql", &question).await
            }
            None => self.ask(doing, "/graphql", &question).await,
        }
    }

    pub(super) fn tries(&self) -> u32 {
        self.pace.tries
    }

    async fn wait_for_limit(&self, doing: &'static str, wait: Option<Duration>) -> Result<(), PublishError> {
        // Where the server does not say how long, its documentation does: at least a minute.
        let wait = wait.unwrap_or(Duration::from_secs(60)).max(self.pace.first_wait);
        match self.wait(wait).await {
            true => Ok(()),
            false => Err(PublishError::Limited { doing, seconds: wait.as_secs() }),
        }
    }

    async fn wait(&self, wait: Duration) -> bool {
        let waited = self.waited.get() + wait;
        if waited > self.pace.patience {
            return false;
        }
        self.waited.set(waited);
        tokio::time::sleep(wait).await;
        true
    }

    async fn once(&self, method: Method, route: &str, body: Option<&Value>) -> Result<Answer, Failure> {
        match tokio::time::timeout(self.pace.answer, self.send(method, route, body)).await {
            Ok(result) => result,
            Err(_) => Err(Failure::Outage("no answer in time".to_owned())),
        }
    }

    async fn send(&self, method: Method, route: &str, body: Option<&Value>) -> Result<Answer, Failure> {
        let sent = match method {
            Method::Get => self.octocrab._get(route).await,
            Method::Post => self.octocrab._post(route, body).await,
            Method::Patch => self.octocrab._patch(route, body).await,
            Method::Delete => self.octocrab._delete(route, body).await,
        };
        let response = sent.map_err(|error| Failure::Outage(self.token.cleaned(&root_cause(&error))))?;
        let status = response.status().as_u16();
        let header = |name: &str| {
            response.headers().get(name).and_then(|value| value.to_str().ok()).map(|text| text.trim().to_owned())
        };
        let seconds = |name: &str| header(name).and_then(|text| text.parse::<u64>().ok());
        let retry_after = seconds("retry-after");
        let has_next = header("link").is_some_and(|link| link.contains("rel=\"next\""));
        let reset = seconds("x-ratelimit-remaining").filter(|left| *left == 0).and(seconds("x-ratelimit-reset"));
        let body = Limited::new(response.into_body(), MAX_ANSWER).collect().await;
        let body = match body {
            Ok(body) => body.to_bytes().to_vec(),
            Err(_) => return Err(Failure::Outage("the answer breaks off".to_owned())),
        };
        if (200..300).contains(&status) {
            return Ok(Answer { body, has_next });
        }
        let message = self.message(&body);
        let is_limit = retry_after.is_some() || reset.is_some() || message.contains("secondary rate limit");
        Err(match status {
            429 => Failure::Limited { wait: wait(retry_after, reset) },
            403 if is_limit => Failure::Limited { wait: wait(retry_after, reset) },
            408 | 500.. => Failure::Outage(format!("GitHub answers {status}")),
            _ => Failure::Denied { status, message },
        })
    }

    /// What the server says about a refusal, as far as it can be told.
    fn message(&self, body: &[u8]) -> String {
        let said: Value = serde_json::from_slice(body).unwrap_or_default();
        let message = said["message"].as_str().unwrap_or("without a word");
        let detail = said["errors"][0]["message"].as_str().or(said["errors"][0].as_str());
        self.token.cleaned(&detail.map_or_else(|| message.to_owned(), |detail| format!("{message}: {detail}")))
    }
}

/// How long the server asks to wait: in seconds, or until a second of the clock.
fn wait(retry_after: Option<u64>, reset: Option<u64>) -> Option<Duration> {
    let until = |at: u64| {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Duration::from_secs(at).saturating_sub(now)
    };
    retry_after.map(Duration::from_secs).or(reset.map(until))
}

/// The innermost error: "connection refused" rather than "service error".
fn root_cause(error: &dyn std::error::Error) -> String {
    let mut error = error;
    while let Some(source) = error.source() {
        error = source;
    }
    format!("the connection fails: {error}")
}
