//! Small repositories, and what names in them lead to.

use super::*;
use crate::git::change::{ChangeSet, ChangeStatus, CommitId, Content, FileChange};
use crate::index::Index;

/// An index whose new side holds these files.
fn index(files: &[(&str, &str)]) -> Index {
    let added = |&(path, text): &(&str, &str)| FileChange {
        path: RepoPath::new(path),
        old_path: None,
        status: ChangeStatus::Added,
        hunks: Vec::new(),
        content: Content::Text { old: None, new: Some(text.into()) },
    };
    let commit = || CommitId("0".repeat(40));
    Index::of_changes(&ChangeSet {
        base: commit(),
        head: None,
        merge_base: commit(),
        commits: Vec::new(),
        files: files.iter().map(added).collect(),
        notices: Vec::new(),
    })
}

fn target(tree: Tree<'_>, from: &str, module: &str) -> String {
    match tree.target(&RepoPath::new(from), module) {
        Target::File(path) => path.as_str().to_owned(),
        Target::Outside => "outside".to_owned(),
        Target::Unknown => "unknown".to_owned(),
    }
}

/// `path:line name.rest` of what a dotted name of a file leads to.
fn declaration(tree: Tree<'_>, from: &str, dotted: &str) -> String {
    let file = tree.source(from).expect("the file is there");
    show(tree, tree.declaration(&file, dotted))
}

fn show(tree: Tree<'_>, found: Option<Declaration>) -> String {
    let Some(found) = found else { return "none".to_owned() };
    let file = tree.source(found.path.as_str()).expect("a declaration is in a file");
    let line = file.lines.lines(file.facts().expect("it is parsed").node(found.node).span).start;
    let rest: String = found.rest.iter().map(|member| format!(".{member}")).collect();
    format!("{}:{line} {}{rest}", found.path, found.name)
}

fn check(cases: &[(&str, &str, &str)], answer: impl Fn(&str, &str) -> String) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|&(from, asked, wanted)| {
            let found = answer(from, asked);
            (found != wanted).then(|| format!("{asked} in {from}: {found}, not {wanted}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn script_paths_lead_to_files() {
    let index = index(&[
        ("tsconfig.base.json", r#"{ "compilerOptions": { "paths": { "@shared": ["./libs/shared/src/index.ts"] } } }"#),
        (
            "apps/web/tsconfig.json",
            "{\n  // where things are\n  \"extends\": [\"@org/config/base.json\", \"./paths.json\"],\n}",
        ),
        (
            "apps/web/paths.json",
            r#"{ "compilerOptions": { "baseUrl": "./src", "paths": { "@ui/*": ["ui/*", "kit/*"], "@ui/one": ["one.ts"], "vite": ["../node_modules/vite/index.d.ts"] } } }"#,
        ),
        (
            "apps/web/package.json",
            r##"{ "name": "web", "imports": { "#flags": "./src/flags/index.ts", "#lib/*": { "types": "./types/*.d.ts", "default": "./src/lib/*.js" } } }"##,
        ),
        ("apps/web/src/a.ts", ""),
        ("apps/web/src/b.tsx", ""),
        ("apps/web/src/c.d.ts", ""),
        ("apps/web/src/data.json", "{}"),
        ("apps/web/src/flags/index.ts", ""),
        ("apps/web/src/lib/x.ts", ""),
        ("apps/web/src/both.ts", ""),
        ("apps/web/src/both/index.ts", ""),
        ("apps/web/src/kit/deep/button.tsx", ""),
        ("apps/web/src/one.ts", ""),
        ("apps/web/src/react/index.ts", ""),
        ("apps/site/package.json", "{}"),
        ("apps/site/src/util.ts", ""),
        ("apps/site/two.ts", ""),
        ("apps/site/src/two.ts", ""),
        ("apps/site/src/deep/page.vue", ""),
        ("libs/shared/src/index.ts", ""),
        ("packages/config/package.json", r#"{ "name": "@org/config" }"#),
        ("packages/config/base.json", r#"{ "compilerOptions": { "baseUrl": "nowhere" } }"#),
        (
            "packages/flags/package.json",
            r#"{ "name": "@org/flags", "main": "dist/index.js", "exports": { ".": { "types": "./dist/index.d.ts", "import": "./dist/index.mjs", "require": "./dist/index.cjs" }, "./keys": "./dist/keys.js", "./in/*": "./lib/*.js", "./deep/*": "./dist/*.js", "./split": { "browser": "./src/a.ts", "node": "./src/b.ts" } } }"#,
        ),
        ("packages/flags/src/index.ts", ""),
        ("packages/flags/src/keys.ts", ""),
        ("packages/flags/src/lib/deep.ts", ""),
        ("packages/flags/entry.js", ""),
        ("packages/flags/src/a.ts", ""),
        ("packages/flags/src/b.ts", ""),
        ("packages/plain/package.json", r#"{ "name": "plain" }"#),
        ("packages/plain/src/index.js", ""),
        ("packages/plain/extra.js", ""),
        ("packages/twin1/package.json", r#"{ "name": "twin" }"#),
        ("packages/twin1/index.js", ""),
        ("packages/twin2/package.json", r#"{ "name": "twin" }"#),
        ("packages/twin2/index.js", ""),
        ("packages/twin2/node_modules/react/package.json", r#"{ "name": "react-dom" }"#),
        ("packages/twin2/node_modules/react/index.js", ""),
    ]);
    let tree = index.tree(Side::New);
    let here = "apps/web/src/a.ts";
    let deep = "apps/web/src/kit/deep/button.tsx";
    let site = "apps/site/src/deep/page.vue";
    let cases = [
        (here, "./b", "apps/web/src/b.tsx"),
        (here, "./b.js", "apps/web/src/b.tsx"),
        (here, "./b.jsx", "apps/web/src/b.tsx"),
        (here, "./b.tsx", "apps/web/src/b.tsx"),
        (here, "./c", "apps/web/src/c.d.ts"),
        (here, "./data.json", "apps/web/src/data.json"),
        (here, "./data.json?raw", "apps/web/src/data.json"),
        (here, "./flags", "apps/web/src/flags/index.ts"),
        (here, "./flags/", "apps/web/src/flags/index.ts"),
        (here, "./both", "apps/web/src/both.ts"),
        (here, "./both/", "apps/web/src/both/index.ts"),
        (deep, "../../flags", "apps/web/src/flags/index.ts"),
        (deep, "../../../../../../../x", "unknown"),
        ("apps/web/src/flags/index.ts", "..", "unknown"),
        ("apps/web/src/flags/more.ts", ".", "apps/web/src/flags/index.ts"),
        (here, "./nowhere", "unknown"),
        (here, "./nowhere.css", "unknown"),
        // What the compiler's settings map, in the nearest file and in what it extends.
        (deep, "@ui/deep/button", "apps/web/src/kit/deep/button.tsx"),
        (deep, "@ui/one", "apps/web/src/one.ts"),
        (deep, "@ui/nothing", "unknown"),
        (deep, "flags", "apps/web/src/flags/index.ts"),
        (deep, "@shared", "libs/shared/src/index.ts"),
        ("apps/web2/x.ts", "@ui/one", "outside"),
        ("packages/plain/src/index.js", "@shared", "libs/shared/src/index.ts"),
        // A package of its own.
        (deep, "#flags", "apps/web/src/flags/index.ts"),
        (deep, "#lib/x", "apps/web/src/lib/x.ts"),
        (deep, "#lib/y", "unknown"),
        // Packages of the repository.
        (here, "@org/flags", "packages/flags/src/index.ts"),
        (here, "@org/flags/keys", "packages/flags/src/keys.ts"),
        (here, "@org/flags/in/keys", "packages/flags/src/keys.ts"),
        (here, "@org/flags/deep/lib/deep", "packages/flags/src/lib/deep.ts"),
        ("packages/flags/entry.js", "./dist/keys.js", "packages/flags/src/keys.ts"),
        ("packages/flags/entry.js", "./dist/none.js", "unknown"),
        ("packages/flags/entry.js", "./other/keys.js", "unknown"),
        (deep, "vite", "outside"),
        (here, "@org/flags/src/keys", "packages/flags/src/keys.ts"),
        (here, "@org/flags/split", "unknown"),
        (here, "@org/flags/none", "unknown"),
        (here, "plain", "packages/plain/src/index.js"),
        (here, "plain/extra", "packages/plain/extra.js"),
        (here, "twin", "unknown"),
        (here, "@org/other", "outside"),
        (here, "react-dom", "outside"),
        (here, "node:fs", "outside"),
        // Aliases that only a bundler knows.
        (site, "@/util", "apps/site/src/util.ts"),
        (site, "~/deep/page.vue", "apps/site/src/deep/page.vue"),
        (site, "src/util", "apps/site/src/util.ts"),
        (site, "src/none", "outside"),
        (site, "@/two", "unknown"),
        (site, "@/none", "unknown"),
        (site, "", "unknown"),
        ("README.md", "./apps", "unknown"),
    ];
    check(&cases, |from, module| target(tree, from, module));
}

#[test]
fn settings_may_refer_to_each_other() {
    let index = index(&[
        (
            "tsconfig.json",
            r#"{ "files": [], "references": [{ "path": "./tsconfig.node.json" }, { "path": "./tsconfig.app.json" }] }"#,
        ),
        ("tsconfig.node.json", r#"{ "extends": "./tsconfig.json" }"#),
        ("tsconfig.app.json", r#"{ "compilerOptions": { "paths": { "$lib/*": ["./source/*"] } } }"#),
        ("source/x.ts", ""),
        ("loop/tsconfig.json", r#"{ "extends": "./tsconfig.json", "compilerOptions": { "paths": { "a": ["./b"] } } }"#),
        ("loop/b.ts", ""),
        ("broken/tsconfig.json", "{ paths"),
        ("broken/x.ts", ""),
    ]);
    let tree = index.tree(Side::New);
    let cases = [
        ("source/x.ts", "$lib/x", "source/x.ts"),
        ("loop/b.ts", "a", "loop/b.ts"),
        ("broken/x.ts", "$lib/x", "source/x.ts"),
        ("broken/x.ts", "a", "outside"),
    ];
    check(&cases, |from, module| target(tree, from, module));
}

#[test]
fn python_paths_lead_to_files() {
    let index = index(&[
        ("server/app/__init__.py", ""),
        ("server/app/flags.py", ""),
        ("server/app/flags/__init__.py", ""),
        ("server/app/flags/keys.py", ""),
        ("server/app/views/__init__.py", ""),
        ("server/app/views/index.py", ""),
        ("server/app/json.py", ""),
        ("server/app/stripe/__init__.py", ""),
        ("server/tests/test_x.py", ""),
        ("server/tests/helpers.py", ""),
        ("server/spaces/deep/mod.py", ""),
        ("lib/src/pkg/__init__.py", ""),
        ("lib/src/pkg/mod.py", ""),
        ("one/dup/__init__.py", ""),
        ("one/dup/mod.py", ""),
        ("two/dup/__init__.py", ""),
        ("two/dup/mod.py", ""),
        ("tools/run.py", ""),
        ("types.py", ""),
    ]);
    let tree = index.tree(Side::New);
    let view = "server/app/views/index.py";
    let cases = [
        (view, "app", "server/app/__init__.py"),
        (view, "app.flags", "server/app/flags/__init__.py"),
        (view, "app.flags.keys", "server/app/flags/keys.py"),
        (view, "app.none", "unknown"),
        (view, ".", "server/app/views/__init__.py"),
        (view, "..", "server/app/__init__.py"),
        (view, "..flags.keys", "server/app/flags/keys.py"),
        (view, ".index", view),
        (view, "....x", "unknown"),
        (view, ".....x", "unknown"),
        // Inside of a package, names of neighbours are not modules.
        (view, "flags", "outside"),
        (view, "index", "outside"),
        (view, "json", "outside"),
        (view, "types", "outside"),
        (view, "stripe", "outside"),
        (view, "django.conf", "outside"),
        ("server/tests/test_x.py", "helpers", "server/tests/helpers.py"),
        ("server/tests/test_x.py", "tests.helpers", "server/tests/helpers.py"),
        ("server/tests/test_x.py", "app.flags.keys", "server/app/flags/keys.py"),
        // A folder without `__init__.py`.
        (view, "spaces.deep.mod", "server/spaces/deep/mod.py"),
        (view, "spaces.deep", "unknown"),
        // From far away, when there is only one.
        ("tools/run.py", "app.flags.keys", "server/app/flags/keys.py"),
        ("tools/run.py", "pkg.mod", "lib/src/pkg/mod.py"),
        ("tools/run.py", "dup.mod", "unknown"),
        ("one/dup/mod.py", "dup.mod", "one/dup/mod.py"),
        ("tools/run.py", "a..b", "unknown"),
    ];
    check(&cases, |from, module| target(tree, from, module));
}

#[test]
fn script_names_lead_to_declarations() {
    let index = index(&[
        (
            "flags.ts",
            "export const FLAGS = { NEW: { key: 'new' } } as const\nexport enum Keys { A = 'a' }\nexport default function isOn() {}\n\
             function hidden() {}\nexport { hidden as shown }\nexport let count = 1\ncount = 2\nexport const { left, right: other } = FLAGS\n\
             export class Service {}\nexport type Only = string\nif (x) { const blocked = 1 }\n",
        ),
        ("object.ts", "const on = 1\nexport default { on, off: 2 }\n"),
        ("value.ts", "const on = 1\nexport default on\nexport { on as alias, on as 'quoted' }\n"),
        ("wrapped.ts", "export default memo(inner)\n"),
        (
            "barrel.ts",
            "export * from './flags'\nexport { default as isOn, shown as seen } from './flags'\nexport * as ns from './flags'\nexport * from './cycle'\n",
        ),
        ("cycle.ts", "export * from './barrel'\nexport { round } from './cycle2'\n"),
        ("cycle2.ts", "export { round } from './cycle'\n"),
        ("twice.ts", "export * from './flags'\nexport * from './rival'\n"),
        ("rival.ts", "export const FLAGS = {}\n"),
        ("local.ts", "import { FLAGS } from './flags'\nconst mine = 1\nexport { FLAGS, mine }\n"),
        ("common.js", "const a = 1\nfunction b() {}\nmodule.exports = { a, b: b, c() {}, d: { e: 1 } }\n"),
        ("common2.js", "exports.a = function () {}\nmodule.exports.b = 2\nexports.c = other.c\n"),
        ("common3.js", "function client() {}\nmodule.exports = client\n"),
        ("common4.js", "module.exports = require('./common')\n"),
        ("common5.js", "module.exports = { ...require('./common'), x: 1 }\n"),
        ("equals.ts", "const it = {}\nexport = it\n"),
        (
            "use.ts",
            "import isOn, { FLAGS, Keys as K, shown } from './flags'\nimport * as all from './barrel'\nimport { isOn as again, seen, ns, round, left, other, count, Only } from './barrel'\n\
             import object from './object'\nimport value, { alias, quoted } from './value'\nimport wrapped from './wrapped'\nimport { FLAGS as two } from './twice'\n\
             import { FLAGS as three, mine } from './local'\nimport out from 'react'\nimport { gone } from './gone'\nimport { blocked, hidden } from './flags'\nimport equals = require('./equals')\n\
             const common = require('./common')\nconst { a, b: bee, c } = require('./common')\nconst one = require('./common2').a\nconst client = require('./common3')\n\
             const passed = require('./common4')\nconst opened = require('./common5')\nconst Lazy = lazy(() => import('./flags'))\n\
             async function f() { const dyn = await import('./flags'); const { shown: later } = await import('./flags'); return dyn }\n\
             function g(FLAGS) { const bee = 1 }\nclass C { K = 1 }\nfor (const shadowed of []) {}\nexport const own = FLAGS\n",
        ),
    ]);
    let tree = index.tree(Side::New);
    let cases: Vec<(&str, &str, &str)> = [
        ("isOn", "flags.ts:3 isOn"),
        ("again", "flags.ts:3 isOn"),
        ("K.A", "flags.ts:2 Keys.A"),
        ("shown", "flags.ts:4 hidden"),
        ("seen", "flags.ts:4 hidden"),
        ("all", "barrel.ts:1 *"),
        ("all.FLAGS.NEW.key", "flags.ts:1 FLAGS.NEW.key"),
        ("all.isOn", "flags.ts:3 isOn"),
        ("all.default", "none"),
        ("all.nothing", "none"),
        ("all.ns.Keys", "flags.ts:2 Keys"),
        ("ns.Service.x", "flags.ts:9 Service.x"),
        ("ns", "flags.ts:1 *"),
        ("left", "flags.ts:8 left"),
        ("other", "flags.ts:8 other"),
        ("round", "none"),
        // It is given another value.
        ("count", "none"),
        ("Only", "none"),
        ("object.on", "object.ts:2 default.on"),
        ("value", "value.ts:1 on"),
        ("alias", "value.ts:1 on"),
        ("quoted", "value.ts:1 on"),
        ("wrapped", "wrapped.ts:1 default"),
        // Two modules give the name.
        ("two", "none"),
        ("three", "flags.ts:1 FLAGS"),
        ("mine", "local.ts:2 mine"),
        ("out", "none"),
        ("gone", "none"),
        ("blocked", "none"),
        ("hidden", "none"),
        ("equals", "equals.ts:1 it"),
        ("equals.x", "equals.ts:1 it.x"),
        ("common.a", "common.js:1 a"),
        ("common.d.e", "common.js:3 d.e"),
        ("common.none", "none"),
        ("a", "common.js:1 a"),
        ("c", "common.js:3 c"),
        ("one", "common2.js:1 a"),
        ("client", "common3.js:1 client"),
        ("passed.b", "common.js:2 b"),
        ("opened.a", "none"),
        ("opened.x", "common5.js:1 x"),
        ("Lazy", "use.ts:19 Lazy"),
        ("dyn.shown", "flags.ts:4 hidden"),
        ("later", "flags.ts:4 hidden"),
        // Something else of that name is in a function.
        ("FLAGS.NEW", "none"),
        ("bee", "none"),
        ("shadowed", "none"),
        ("nobody", "none"),
        ("own", "use.ts:24 own"),
        ("", "none"),
        (".", "none"),
    ]
    .into_iter()
    .map(|(asked, wanted)| ("use.ts", asked, wanted))
    .collect();
    check(&cases, |from, dotted| declaration(tree, from, dotted));
}

#[test]
fn python_names_lead_to_declarations() {
    let index = index(&[
        ("app/__init__.py", "from .flags import is_on\nfrom . import client as shared\n"),
        (
            "app/flags.py",
            "from enum import Enum\n\nclass Flags(str, Enum):\n    NEW = 'new'\n\ndef is_on(key):\n    return True\n\n_private = 1\nX = 1\ndef set_x():\n    global X\n    X = 2\n",
        ),
        ("app/client.py", "def get():\n    pass\n\ndef get():\n    return 1\n"),
        ("app/hidden/__init__.py", "from .hidden import hidden\nother = 1\n"),
        ("app/hidden/hidden.py", "def hidden():\n    pass\n"),
        ("app/hidden/other.py", ""),
        ("app/star.py", "from .flags import *\n"),
        ("app/chosen.py", "__all__ = ['yes']\nyes = 1\nno = 2\n"),
        ("app/late.py", "Flags = 1\nfrom .flags import *\n"),
        ("spaces/deep/mod.py", "value = 1\n"),
        (
            "app/use.py",
            "import app.flags\nimport app.client\nimport app.flags as af\nimport os.path\nfrom app import is_on, client, flags, shared, missing\nfrom app.flags import Flags as F, X\n\
             from .star import Flags, _private\nfrom .late import Flags as late\nfrom .chosen import *\nfrom app.hidden import hidden, other\nfrom spaces.deep import mod\nimport spaces.deep.mod\n\
             try:\n    from app.flags import is_on as tried\nexcept ImportError:\n    tried = None\n\
             try:\n    from app.flags import is_on as same\nexcept ImportError:\n    from app import is_on as same\n\
             def f(af):\n    from app.client import get\n    return get\n\nclass K:\n    F = 1\n",
        ),
    ]);
    let tree = index.tree(Side::New);
    let cases: Vec<(&str, &str, &str)> = [
        ("app.flags.Flags.NEW", "app/flags.py:3 Flags.NEW"),
        ("app.client.get", "app/client.py:4 get"),
        ("app.is_on", "app/flags.py:6 is_on"),
        ("app.nothing", "none"),
        ("af.is_on", "none"),
        ("os.path.join", "none"),
        ("is_on", "app/flags.py:6 is_on"),
        ("client", "app/client.py:1 *"),
        ("client.get", "app/client.py:4 get"),
        ("flags.Flags", "app/flags.py:3 Flags"),
        ("shared.get", "app/client.py:4 get"),
        ("missing", "none"),
        ("F.NEW.value", "app/flags.py:3 Flags.NEW.value"),
        ("X", "none"),
        ("Flags.NEW", "app/flags.py:3 Flags.NEW"),
        ("_private", "none"),
        ("late", "none"),
        ("yes", "app/chosen.py:2 yes"),
        ("no", "none"),
        ("hidden", "app/hidden/hidden.py:1 hidden"),
        ("other", "none"),
        ("mod.value", "spaces/deep/mod.py:1 value"),
        ("spaces.deep.mod.value", "spaces/deep/mod.py:1 value"),
        ("tried", "none"),
        ("same", "app/flags.py:6 is_on"),
        ("get", "app/client.py:4 get"),
    ]
    .into_iter()
    .map(|(asked, wanted)| ("app/use.py", asked, wanted))
    .collect();
    check(&cases, |from, dotted| declaration(tree, from, dotted));
}

#[test]
fn a_place_tells_what_shadows_what() {
    let index = index(&[
        ("flags.ts", "export const FLAGS = {}\n"),
        (
            "use.ts",
            "import { FLAGS } from './flags'\nfunction f() { return FLAGS.inside }\nfunction g(FLAGS) { return FLAGS.shadowed }\n",
        ),
    ]);
    let tree = index.tree(Side::New);
    let file = tree.source("use.ts").expect("it is there");
    let facts = file.facts().expect("it is parsed");
    let at = |text: &str| {
        let node = facts.ids().find(|&at| file.text_of(at) == text).expect("it is written");
        show(tree, tree.declaration_at(&file, node, text))
    };
    assert_eq!(at("FLAGS.inside"), "flags.ts:1 FLAGS.inside");
    assert_eq!(at("FLAGS.shadowed"), "none");
    assert_eq!(show(tree, tree.exported(&RepoPath::new("flags.ts"), "FLAGS")), "flags.ts:1 FLAGS");
    assert_eq!(show(tree, tree.exported(&RepoPath::new("flags.ts"), "default")), "none");
}

/// The names under which a file knows a declaration, what it passes on in brackets, and how much is unsure.
fn names(tree: Tree<'_>, declared: (&str, &str), user: &str) -> String {
    let file = tree.source(user).expect("the file is there");
    let known = tree.names_of(&RepoPath::new(declared.0), declared.1, &file);
    let mut said: Vec<String> = known.names.into_iter().map(|known| known.name).collect();
    said.extend(known.passed_on.into_iter().map(|name| format!("[{name}]")));
    said.extend(known.unsure.iter().map(|_| "?".to_owned()));
    said.join(" ")
}

#[test]
fn a_file_knows_a_script_declaration_by_its_imports() {
    let files = [
        ("on.ts", "export function isOn() {}\nexport const Other = 1\n"),
        ("page.tsx", "export default function Page() {}\nexport const Named = 1\n"),
        ("arrow.ts", "export default () => {}\n"),
        ("whole.js", "function run() {}\nmodule.exports = run\n"),
        (
            "barrel/index.ts",
            "export * from '../on'\nexport { default as ThePage } from '../page'\nexport * as on from '../on'\nexport { isOn as active } from '../on'\n",
        ),
        (
            "own.ts",
            "import { isOn } from './on'\nimport * as all from './on'\nexport { isOn as mine, all }\nexport const x = isOn()\n",
        ),
        ("plain.ts", "import { isOn } from './on'\n"),
        ("alias.ts", "import { isOn as enabled, Other } from './barrel'\nimport { active } from './barrel'\n"),
        (
            "space.ts",
            "import * as flags from './on'\nimport * as bar from './barrel'\nimport { all, mine } from './own'\n",
        ),
        ("default.ts", "import Anything, { Named } from './page'\nimport f from './arrow'\n"),
        (
            "lazy.ts",
            "const A = lazy(() => import('./page'))\nconst B = lazy(() => import('./on').then(m => m.isOn))\nconst C = lazy(() => import('./on').then(pick))\n",
        ),
        (
            "late.ts",
            "async function f() {\n  const m = await import('./on')\n  const { isOn: later } = await import('./on')\n  import('./on').then(go)\n}\n",
        ),
        (
            "common.js",
            "const on = require('./on')\nconst { isOn } = require('./on')\nconst run = require('./whole')\nrequire('./on').isOn()\n",
        ),
        (
            "unknown.ts",
            "import { isOn } from './missing'\nimport { isOn as out } from 'package'\nimport { other } from './elsewhere'\nimport x from './gone/on'\n",
        ),
        ("nothing.ts", "import './on'\nimport { Other } from './on'\nconst isOn = 1\n"),
        ("deep/up.ts", "import { isOn } from '../barrel'\n"),
        ("barrel/near.ts", "import { isOn } from '.'\n"),
    ];
    let index = index(&files);
    let tree = index.tree(Side::New);
    let cases = [
        ("on.ts", "isOn"),
        ("plain.ts", "isOn"),
        ("alias.ts", "enabled active"),
        ("space.ts", "flags.isOn bar.active bar.isOn bar.on.isOn all.isOn mine"),
        ("barrel/index.ts", "[active] [isOn] [on.isOn]"),
        ("own.ts", "isOn all.isOn [all.isOn] [mine]"),
        ("lazy.ts", "B ?"),
        ("late.ts", "m.isOn later ?"),
        ("common.js", "on.isOn isOn ?"),
        ("unknown.ts", "? ?"),
        ("nothing.ts", ""),
        ("deep/up.ts", "isOn"),
        ("barrel/near.ts", "isOn"),
        ("default.ts", ""),
    ];
    let cases = cases.map(|(user, wanted)| (user, "isOn", wanted));
    check(&cases, |user, name| names(tree, ("on.ts", name), user));
    assert_eq!(names(tree, ("page.tsx", "Page"), "default.ts"), "Anything");
    assert_eq!(names(tree, ("page.tsx", "Page"), "lazy.ts"), "A");
    assert_eq!(names(tree, ("page.tsx", "Page"), "barrel/index.ts"), "[ThePage]");
    assert_eq!(names(tree, ("arrow.ts", "default"), "default.ts"), "f");
    assert_eq!(names(tree, ("whole.js", "run"), "common.js"), "run");
    // Whoever knows it is among those that may import it or what passes it on.
    let on = tree.importers(&RepoPath::new("on.ts"));
    let on: Vec<&str> = on.iter().map(RepoPath::as_str).collect();
    for user in ["barrel/index.ts", "plain.ts", "space.ts", "lazy.ts", "late.ts", "common.js", "own.ts"] {
        assert!(on.contains(&user), "{user} is not among {on:?}");
    }
    let barrel = tree.importers(&RepoPath::new("barrel/index.ts"));
    let barrel: Vec<&str> = barrel.iter().map(RepoPath::as_str).collect();
    assert_eq!(barrel, ["alias.ts", "barrel/near.ts", "deep/up.ts", "space.ts"]);
}

#[test]
fn a_file_knows_a_python_declaration_by_its_imports() {
    let index = index(&[
        ("app/__init__.py", ""),
        ("app/pkg/__init__.py", "from .flags import is_on\nfrom .flags import is_on as active\n"),
        ("app/pkg/flags.py", "def is_on():\n    pass\n\ndef other():\n    pass\n"),
        ("app/named.py", "from app.pkg.flags import is_on\nfrom app.pkg import active as act\n"),
        (
            "app/module.py",
            "import app.pkg.flags\nimport app.pkg.flags as f\nfrom app.pkg import flags\nfrom .pkg import flags as g\n",
        ),
        ("app/package.py", "from app import pkg\nimport app.pkg as p\n"),
        ("app/star.py", "from app.pkg.flags import *\n"),
        ("app/inner.py", "def view():\n    from app.pkg.flags import is_on as late\n    return late()\n"),
        ("app/nothing.py", "from app.pkg.flags import other\nimport os\n"),
        ("app/unsure.py", "from app.pkg.gone import is_on\nfrom elsewhere.flags import is_on as out\n"),
        ("app/chain.py", "from app.named import act\nfrom app import module\n"),
    ]);
    let tree = index.tree(Side::New);
    let cases = [
        ("app/named.py", "is_on act [act] [is_on]"),
        (
            "app/module.py",
            "app.pkg.active app.pkg.flags.is_on app.pkg.is_on f.is_on flags.is_on g.is_on [f.is_on] [flags.is_on] [g.is_on]",
        ),
        (
            "app/package.py",
            "pkg.active pkg.flags.is_on pkg.is_on p.active p.flags.is_on p.is_on [p.active] [p.flags.is_on] [p.is_on] [pkg.active] [pkg.flags.is_on] [pkg.is_on]",
        ),
        ("app/star.py", "is_on [is_on]"),
        ("app/inner.py", "late"),
        ("app/nothing.py", ""),
        ("app/unsure.py", "?"),
        (
            "app/chain.py",
            "act module.f.is_on module.flags.is_on module.g.is_on [act] [module.f.is_on] [module.flags.is_on] [module.g.is_on]",
        ),
    ];
    let cases = cases.map(|(user, wanted)| (user, "is_on", wanted));
    check(&cases, |user, name| names(tree, ("app/pkg/flags.py", name), user));
    let found = tree.importers(&RepoPath::new("app/pkg/__init__.py"));
    let found: Vec<&str> = found.iter().map(RepoPath::as_str).collect();
    assert!(found.contains(&"app/package.py") && found.contains(&"app/module.py"), "{found:?}");
}

/// Says which share of the imports of a repository leads somewhere, and which do not.
///
/// `PREFLAG_REPOSITORY=DIR cargo test --release --lib share_of_imports -- --ignored --nocapture`
#[test]
#[ignore = "measures a repository that the caller has"]
#[allow(clippy::print_stdout)]
fn share_of_imports() {
    let repository = std::env::var("PREFLAG_REPOSITORY").expect("PREFLAG_REPOSITORY says which repository");
    let repository = crate::git::Repository::open(std::path::Path::new(&repository)).expect("it opens");
    let range = crate::git::RangeSpec::Revisions(std::env::var("PREFLAG_RANGE").unwrap_or("HEAD..HEAD".to_owned()));
    let changes = repository.change_set(&range, &crate::git::DiffLimits::default()).expect("the range is there");
    let index = Index::open(&repository, &changes).expect("the tree is there");
    let tree = index.tree(Side::Old);
    let paths: Vec<&str> = tree.paths().filter(|path| Family::of(path).is_some()).collect();
    let started = std::time::Instant::now();
    let sources: Vec<_> = paths.iter().filter_map(|path| tree.source(path)).collect();
    println!("{} files parsed in {:?}", sources.len(), started.elapsed());
    let started = std::time::Instant::now();
    let surfaces = sources.iter().filter(|source| tree.surface(source).is_some()).count();
    println!("{surfaces} surfaces in {:?}", started.elapsed());
    let started = std::time::Instant::now();
    tree.layout().packages(tree);
    println!("layout in {:?}", started.elapsed());
    let started = std::time::Instant::now();
    let (mut inside, mut outside, mut names, mut named, mut unread, mut types) = (0, 0, 0, 0, 0, 0);
    let mut unknown: std::collections::BTreeMap<String, (usize, String)> = Default::default();
    let mut lost: std::collections::BTreeMap<String, (usize, String)> = Default::default();
    for source in &sources {
        for import in tree.imports(source) {
            match &import.target {
                Target::File(path) => {
                    inside += 1;
                    if let What::Named(name) = &import.what
                        && let Some(local) = &import.local
                    {
                        names += 1;
                        let type_like = source.text_of(import.node).starts_with("type ");
                        if tree.declaration_at(source, import.node, local).is_some() {
                            named += 1;
                        } else if tree.source(path.as_str()).is_none_or(|file| file.facts().is_none()) {
                            unread += 1;
                        } else if tree.text(path.as_str()).is_some_and(|text| {
                            ["type", "interface"].iter().any(|word| text.contains(&format!("{word} {name}")))
                        }) {
                            types += 1;
                        } else if !type_like {
                            let entry = lost.entry(format!("{name} of {path}")).or_default();
                            *entry = (entry.0 + 1, source.path.as_str().to_owned());
                        }
                    }
                }
                Target::Outside => {
                    outside += 1;
                    if std::env::var_os("PREFLAG_OUTSIDE").is_some() {
                        let top = import.module.split(['/', '.']).next().unwrap_or_default();
                        let entry = unknown.entry(format!("outside {top}")).or_default();
                        *entry = (entry.0 + 1, source.path.as_str().to_owned());
                    }
                }
                Target::Unknown => {
                    let name = match &import.what {
                        What::Named(name) => {
                            tree.resolve(&source.path, &format!("{}.{name}", import.module.trim_end_matches('.')))
                        }
                        _ => None,
                    };
                    if name.is_some() {
                        inside += 1;
                        continue;
                    }
                    let entry = unknown.entry(import.module.clone()).or_default();
                    *entry = (entry.0 + 1, source.path.as_str().to_owned());
                }
            }
        }
    }
    println!("resolved in {:?}", started.elapsed());
    let lost_in: usize =
        unknown.iter().filter(|(module, _)| !module.starts_with("outside ")).map(|(_, (count, _))| count).sum();
    println!(
        "inside {inside}, outside {outside}, unknown {lost_in}: {:.2} %",
        100.0 * inside as f64 / (inside + lost_in).max(1) as f64
    );
    let rest = names - unread - types;
    println!(
        "names {named} of {rest}: {:.2} %; {unread} in files without facts, {types} types",
        100.0 * named as f64 / rest.max(1) as f64
    );
    let list = |title: &str, found: std::collections::BTreeMap<String, (usize, String)>| {
        let mut all: Vec<_> = found.into_iter().collect();
        all.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
        println!("-- {title} ({})", all.len());
        for (module, (count, from)) in all.iter().take(60) {
            println!("{count:6} {module}   <- {from}");
        }
    };
    list("unknown", unknown);
    list("names", lost);
}

#[test]
fn a_lazy_import_through_a_folder_of_the_same_name_is_known() {
    let index = index(&[
        (
            "src/pages/Repo/Repo.tsx",
            "import { lazy } from 'react'\nconst Tab = lazy(() => import('./Tab'))\nexport default function Repo() { return <Tab /> }\n",
        ),
        ("src/pages/Repo/Tab/index.js", "export { default } from './Tab'\n"),
        ("src/pages/Repo/Tab/Tab.tsx", "function Tab() { return null }\n\nexport default Tab\n"),
    ]);
    let tree = index.tree(Side::New);
    let user = tree.source("src/pages/Repo/Repo.tsx").expect("it is there");
    let known = tree.names_of(&RepoPath::new("src/pages/Repo/Tab/Tab.tsx"), "Tab", &user);
    assert_eq!(known.names.iter().map(|name| name.name.as_str()).collect::<Vec<_>>(), ["Tab"]);
    assert_eq!(tree.importers(&RepoPath::new("src/pages/Repo/Tab/Tab.tsx")).len(), 2);
}

#[test]
fn importers_are_followed_to_theirs() {
    let index = index(&[
        ("src/tax.ts", "export const tax = 1;\n"),
        ("src/cart.ts", "import { tax } from './tax';\n"),
        ("src/page.tsx", "import cart from \"./cart\";\n"),
        ("src/tax.test.ts", "import { tax } from './tax';\n"),
        ("src/other.ts", "// tax\nimport x from './taxes';\n"),
        ("lib/tax.ts", ""),
        ("lib/user.ts", "import tax from './tax';\n"),
        ("py/app/tax.py", ""),
        ("py/app/__init__.py", ""),
        ("py/app/views.py", "from app import tax\n"),
        ("py/app/jobs.py", "from .views import (\n    a,\n)\n"),
        ("py/app/urls.py", "from . import views\n"),
        ("ruby/tax.rb", ""),
    ]);
    let reached = |changed: &str| {
        let found =
            index.tree(Side::New).imported_by(&[RepoPath::new(changed)], &|path| path.as_str().contains("test"));
        assert!(!found.is_cut);
        found.files.iter().map(|(path, depth)| format!("{path} {depth}")).collect::<Vec<_>>()
    };
    assert_eq!(reached("src/tax.ts"), ["src/cart.ts 1", "src/page.tsx 2"]);
    assert_eq!(reached("py/app/tax.py"), ["py/app/jobs.py 2", "py/app/urls.py 2", "py/app/views.py 1"]);
    assert!(reached("ruby/tax.rb").is_empty());
}

#[test]
fn what_lies_at_the_top_of_a_repository_is_no_package_around_it() {
    let index = index(&[
        ("__init__.py", ""),
        ("main/__init__.py", ""),
        ("main/features.py", "TAX = 'tax'"),
        ("shop/__init__.py", ""),
        ("shop/api.py", ""),
    ]);
    let tree = index.tree(Side::New);
    assert_eq!(target(tree, "shop/api.py", "main.features"), "main/features.py");
    assert_eq!(target(tree, "shop/api.py", "main"), "main/__init__.py");
}
