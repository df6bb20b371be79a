//! What frameworks run for a request, and what they run first. Data: `rules/views.yaml`.

use serde::Deserialize;
use std::collections::{BTreeMap, HashSet};

/// Names of what frameworks know, ready for questions.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Views {
    routes: Vec<RouteRule>,
    /// The same for scripts.
    pub(crate) script_routes: ScriptRoutes,
    named_routes: Vec<NamedRouteRule>,
    includes: HashSet<String>,
    makers: HashSet<String>,
    keepers: HashSet<String>,
    dispatchers: HashSet<String>,
    checks: HashSet<String>,
    before: HashSet<String>,
    asked: BTreeMap<String, String>,
    pub(crate) permissions: String,
    pub(crate) permitting: String,
    plain: HashSet<String>,
    answering: BTreeMap<String, Vec<String>>,
    handlers: HashSet<String>,
    routers: HashSet<String>,
    depends: HashSet<String>,
    before_routes: HashSet<String>,
    of_methods: HashSet<String>,
    plain_decorators: BTreeMap<String, HashSet<String>>,
    tasks: TaskRule,
}

/// What makes a function a task, that runs only where somebody asks for it by its name.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct TaskRule {
    made_by: HashSet<String>,
    decorators: HashSet<String>,
    /// What a decorator may be handed that gives the task another name, or runs it by itself.
    except: HashSet<String>,
}

/// A call that leads an address to code.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RouteRule {
    calls: HashSet<String>,
    /// The place of the code among the arguments.
    pub(crate) argument: usize,
    /// The name that it may be handed in by.
    pub(crate) keyword: String,
}

/// Methods that lead an address to code, which they are handed last, or in an object by a name.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ScriptRoutes {
    pub(crate) calls: HashSet<String>,
    pub(crate) property: String,
}

/// A call that gives an address a name, by which views say that they answer it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NamedRouteRule {
    calls: HashSet<String>,
    /// The place of the name among the arguments.
    pub(crate) argument: usize,
    decorators: HashSet<String>,
    /// What a decorator calls the name.
    pub(crate) keyword: String,
    mentions: HashSet<String>,
}

impl NamedRouteRule {
    /// Whether a decorator of this name makes a view of what it stands on.
    pub(crate) fn is_decorator(&self, name: &str) -> bool {
        self.decorators.contains(name)
    }

    /// Whether a call of this name only speaks of an address.
    pub(crate) fn only_mentions(&self, call: &str) -> bool {
        self.mentions.contains(call)
    }
}

impl Views {
    /// What is known of a call of this name that leads an address to code.
    pub(crate) fn route(&self, call: &str) -> Option<&RouteRule> {
        self.routes.iter().find(|rule| rule.calls.contains(call))
    }

    /// What is known of a call of this name that names an address.
    pub(crate) fn named_route(&self, call: &str) -> Option<&NamedRouteRule> {
        self.named_routes.iter().find(|rule| rule.calls.contains(call))
    }

    /// The methods that a class of this name answers by, where these are known.
    pub(crate) fn answers_by(&self, base: &str) -> Option<&[String]> {
        self.answering.get(base).map(Vec::as_slice)
    }

    /// Whether a call of this name stands for all routes of a module.
    pub(crate) fn includes(&self, call: &str) -> bool {
        self.includes.contains(call)
    }

    /// Whether a method of this name makes a function of a class that is run for each request.
    pub(crate) fn is_maker(&self, method: &str) -> bool {
        self.makers.contains(method)
    }

    /// Whether a function makes a view of a view that at most refuses more.
    pub(crate) fn is_keeper(&self, function: &str) -> bool {
        self.keepers.contains(function)
    }

    /// Whether all other methods of a class are called by what the class extends from this one.
    pub(crate) fn is_dispatcher(&self, method: &str) -> bool {
        self.dispatchers.contains(method)
    }

    /// Whether a method is called before those that answer.
    pub(crate) fn is_check(&self, method: &str) -> bool {
        self.checks.contains(method)
    }

    /// Whether a method may be called for a request that is not let through.
    pub(crate) fn is_before(&self, method: &str) -> bool {
        self.before.contains(method)
    }

    /// Whether a text may say which requests are let through.
    pub(crate) fn may_guard(&self, text: &str) -> bool {
        let words = self.dispatchers.iter().chain(&self.checks).chain(self.asked.values());
        words.chain([&self.permissions, &self.permitting]).any(|word| text.contains(word.as_str()))
    }

    /// Whether what is made under this name keeps functions as routes.
    pub(crate) fn is_router(&self, made: &str) -> bool {
        self.routers.contains(made)
    }

    /// Whether a call of this name names what is called before a route.
    pub(crate) fn depends(&self, call: &str) -> bool {
        self.depends.contains(call)
    }

    /// Whether a router calls what it decorates by this name before each of its routes.
    pub(crate) fn is_before_routes(&self, decorator: &str) -> bool {
        self.before_routes.contains(decorator)
    }

    /// Whether a decorator of a method, by the last word of its name, leaves it to the class to run it.
    pub(crate) fn is_of_method(&self, decorator: &str) -> bool {
        self.of_methods.contains(decorator)
    }

    /// The method that a class of this name asks before it answers.
    pub(crate) fn asked_by(&self, base: &str) -> Option<&str> {
        self.asked.get(base).map(String::as_str)
    }

    /// Whether a class of this name answers no request by itself.
    pub(crate) fn is_plain(&self, base: &str) -> bool {
        self.plain.contains(base)
    }

    /// Whether a method of this name answers requests.
    pub(crate) fn is_handler(&self, method: &str) -> bool {
        self.handlers.contains(method)
    }

    /// Whether a decorator of this name, of an object that a call of `made` makes, makes a task.
    pub(crate) fn is_task(&self, made: &str, decorator: &str) -> bool {
        self.tasks.made_by.contains(made) && self.tasks.decorators.contains(decorator)
    }

    /// Whether a task that is handed something by this name has another name, or runs by itself.
    pub(crate) fn is_named_task(&self, keyword: &str) -> bool {
        self.tasks.except.contains(keyword)
    }

    /// Whether a decorator makes nobody else run what it stands on; `module` is where it is imported from, if anywhere.
    pub(crate) fn is_plain_decorator(&self, module: Option<&str>, name: &str) -> bool {
        self.plain_decorators.get(module.unwrap_or_default()).is_some_and(|names| names.contains(name))
    }
}
