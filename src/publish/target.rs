//! Where to post, and as whom: the server, the repository, the token.

use super::error::PublishError;
use std::fmt;

/// The server and the repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    /// `https://api.github.com`, or `https://HOST/api/v3`; no slash at the end.
    pub(super) api: String,
    /// `OWNER/NAME`.
    pub(super) slug: String,
    /// Where people look at it: `https://github.com/OWNER/NAME`.
    pub(crate) web: String,
}

impl Target {
    /// `server` is the address for people where it is known; otherwise the API's address tells.
    pub(crate) fn new(api: &str, slug: &str, server: Option<&str>) -> Result<Self, PublishError> {
        let shown = |text: &str| crate::render::visible(text, 200);
        if !is_slug(slug) {
            return Err(PublishError::Slug { slug: shown(slug) });
        }
        let api = api.trim_end_matches('/');
        if !is_address(api) {
            return Err(PublishError::Api { address: shown(api) });
        }
        let server = match server.map(|server| server.trim_end_matches('/')) {
            Some(server) if is_address(server) => server.to_owned(),
            _ if api == "https://api.github.com" => "https://github.com".to_owned(),
            // The API of a company's cloud with data residency is api.COMPANY.ghe.com.
            _ => api.trim_end_matches("/api/v3").replacen("://api.", "://", 1),
        };
        Ok(Self { api: api.to_owned(), slug: slug.to_owned(), web: format!("{server}/{slug}") })
    }

    /// The path of something of this repository.
    pub(super) fn route(&self, rest: &str) -> String {
        format!("/repos/{}/{rest}", self.slug)
    }
}

/// `OWNER/NAME`, and nothing that could lead elsewhere in a path.
fn is_slug(slug: &str) -> bool {
    let is_name = |name: &str| {
        (1..=100).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
            && !matches!(name, "." | "..")
    };
    slug.split_once('/').is_some_and(|(owner, name)| is_name(owner) && is_name(name))
}

/// A plain address: HTTPS, or this very machine, as the token must not travel in the open.
fn is_address(address: &str) -> bool {
    let is_plain =
        address.len() <= 200 && address.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._:/[]".contains(&byte));
    let host = |rest: &str| rest.split(['/']).next().unwrap_or_default().to_owned();
    is_plain
        && match (address.strip_prefix("https://"), address.strip_prefix("http://")) {
            (Some(rest), _) => !host(rest).is_empty(),
            (_, Some(rest)) => {
                let host = host(rest);
                let name = host.rsplit_once(':').map_or(host.as_str(), |(name, _)| name);
                matches!(name, "127.0.0.1" | "localhost" | "[::1]")
            }
            _ => false,
        }
}

/// A secret. It has no way into a text but [`Token::reveal`], which only the client calls.
#[derive(Clone)]
pub(crate) struct Token(String);

impl Token {
    /// The first of the two variables that holds something.
    pub(crate) fn from_variables(look: impl Fn(&str) -> Option<String>) -> Result<Self, PublishError> {
        for variable in ["GITHUB_TOKEN", "GH_TOKEN"] {
            let Some(token) = look(variable).filter(|token| !token.is_empty()) else { continue };
            if token.len() > 4096 || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
                return Err(PublishError::MalformedToken { variable });
            }
            return Ok(Self(token));
        }
        Err(PublishError::NoToken)
    }

    pub(super) fn reveal(&self) -> &str {
        &self.0
    }

    /// True for the tokens of apps, GITHUB_TOKEN among them.
    pub(super) fn is_of_an_app(&self) -> bool {
        self.0.starts_with("ghs_")
    }

    /// A text of the server for people: one readable line without the token, should the server repeat it.
    pub(super) fn cleaned(&self, text: &str) -> String {
        crate::render::visible(text.replace(&self.0, "***").trim(), 300)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_and_repositories_are_plain_names() {
        let web = |api: &str, server: Option<&str>| Target::new(api, "o/r.s", server).map(|target| target.web).ok();
        assert_eq!(web("https://api.github.com/", None).as_deref(), Some("https://github.com/o/r.s"));
        assert_eq!(web("https://git.example.com/api/v3", None).as_deref(), Some("https://git.example.com/o/r.s"));
        assert_eq!(web("https://api.acme.ghe.com", None).as_deref(), Some("https://acme.ghe.com/o/r.s"));
        assert_eq!(
            web("https://x.example/api/v3", Some("https://git.example.com")).as_deref(),
            Some("https://git.example.com/o/r.s")
        );
        assert!(web("http://127.0.0.1:4010", None).is_some());
        for api in [
            "http://api.github.com",
            "ftp://x",
            "https://",
            "https://u@x",
            "https://x?y",
            "http://127.0.0.1.x.com",
            "x",
        ] {
            assert_eq!(web(api, None), None, "{api}");
        }
        for slug in ["o", "o/", "/r", "o/r/s", "o/..", "o/r?x", "ö/r", "o/r#"] {
            assert!(Target::new("https://api.github.com", slug, None).is_err(), "{slug}");
        }
    }

    #[test]
    fn a_token_never_shows() {
        let token = |text: &str| Token::from_variables(|name| (name == "GH_TOKEN").then(|| text.to_owned()));
        let secret = token("ghs_canary").expect("a token");
        assert_eq!(format!("{secret:?}"), "Token(***)");
        assert_eq!(secret.cleaned("no: ghs_canary\n::error::"), "no: ***␊::error::");
        let malformed = token("ghs_canary\n").expect_err("a line end").to_string();
        assert!(!malformed.contains("canary") && malformed.contains("GH_TOKEN"), "{malformed}");
        assert!(matches!(token(""), Err(PublishError::NoToken)));
    }
}
