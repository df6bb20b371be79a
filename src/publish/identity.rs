//! Who we are on GitHub: a marker alone does not make a comment ours, as anyone can paste it.
//!
//! A person's token tells by `GET /user`. That of an app, GITHUB_TOKEN among them, gets 403 there (REST: "Resource not accessible
//! by integration") but may ask GraphQL for its `viewer`. Where an old server refuses that too and this is GitHub Actions,
//! we are `github-actions[bot]`. Only then, and only without `--author`, it cannot be told.

use super::client::Client;
use super::error::PublishError;
use serde::Deserialize;
use std::cell::OnceCell;

/// Our own login.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Login(String);

/// What is known about who we are; GitHub is asked once at most.
pub(super) struct Us<'a> {
    /// Our login, where it was said.
    pub(super) author: Option<&'a str>,
    pub(super) is_actions: bool,
    /// Our login, once it is known.
    pub(super) login: OnceCell<Login>,
}

impl Us<'_> {
    pub(super) async fn login(&self, client: &Client) -> Result<&Login, PublishError> {
        if let Some(login) = self.login.get() {
            return Ok(login);
        }
        let login = Login::find(client, self.author, self.is_actions).await?;
        Ok(self.login.get_or_init(|| login))
    }
}

/// An author, as the API writes it.
#[derive(Debug, Default, Deserialize)]
pub(super) struct User {
    #[serde(default)]
    login: String,
    #[serde(default, rename = "type")]
    kind: String,
}

impl Login {
    /// Asks, unless it was said.
    pub(super) async fn find(client: &Client, said: Option<&str>, is_actions: bool) -> Result<Self, PublishError> {
        if let Some(login) = said {
            return Ok(Self(login.to_owned()));
        }
        if !client.token.is_of_an_app() {
            match client.get::<User>("Our own name", "/user").await {
                Ok((user, _)) if !user.login.is_empty() => return Ok(Self(user.login)),
                Ok(_) | Err(PublishError::Denied { status: 403 | 404, .. }) => {}
                Err(error) => return Err(error),
            }
        }
        match Self::viewer(client).await {
            Ok(Some(login)) => Ok(login),
            Ok(None) | Err(PublishError::Denied { status: 403 | 404, .. }) if is_actions => {
                Ok(Self("github-actions[bot]".to_owned()))
            }
            Ok(None) | Err(PublishError::Denied { status: 403 | 404, .. }) => Err(PublishError::Stranger),
            Err(error) => Err(error),
        }
    }

    async fn viewer(client: &Client) -> Result<Option<Self>, PublishError> {
        #[derive(Deserialize)]
        struct Reply {
            data: Option<Data>,
        }
        #[derive(Deserialize)]
        struct Data {
            viewer: Option<User>,
        }
        let reply: Reply = client.graphql("query { viewer { login } }").await?;
        let login = reply.data.and_then(|data| data.viewer).map(|user| user.login).filter(|login| !login.is_empty());
        Ok(login.map(Self))
    }

    /// Whether this is us. Some answers call an app `name`, others `name[bot]`; a person can have the former.
    pub(super) fn is(&self, user: &User) -> bool {
        let plain = |login: &str| login.strip_suffix("[bot]").unwrap_or(login).to_ascii_lowercase();
        let are_bots = user.kind == "Bot" && (self.0.ends_with("[bot]") || user.login.ends_with("[bot]"));
        self.0.eq_ignore_ascii_case(&user.login) || (are_bots && plain(&self.0) == plain(&user.login))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_not_the_bot_of_that_name() {
        let is = |own: &str, login: &str, kind: &str| {
            Login(own.to_owned()).is(&User { login: login.to_owned(), kind: kind.to_owned() })
        };
        assert!(is("github-actions[bot]", "github-actions[bot]", "Bot"));
        assert!(is("github-actions", "github-actions[bot]", "Bot"));
        assert!(is("Ana", "ana", "User"));
        assert!(!is("github-actions[bot]", "github-actions", "User"));
        assert!(!is("ana", "ben", "User"));
    }
}
