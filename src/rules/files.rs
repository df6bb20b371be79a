//! What kind of file a path names: code, tests, generated, vendored, docs, config.
//!
//! The data stand in `rules/files.yaml`. A path is judged without reading the file; for what would be code, config or
//! tests, the first lines can still say that the file is generated.

use super::pattern::{Glob, Segment, segments_match};
use super::{RuleError, builtin_file};
use crate::location::RepoPath;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

/// What a file is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum FileKind {
    /// What the product does: programs, templates, schemas, migrations, and scripts.
    Code,
    /// Tests, mocks, fixtures, stories.
    Test,
    /// Written by a program, from another file.
    Generated,
    /// Somebody else's code, kept in the repository.
    Vendored,
    /// Text for people: documents, licenses, translations.
    Docs,
    /// Settings of the product, the build and the tools.
    Config,
    /// None of these: images, styles, data.
    Other,
}

/// The patterns of `rules/files.yaml`, ready for use.
#[derive(Debug)]
pub(crate) struct FileKinds {
    /// `**/NAME/**`: by the name of any folder of the path.
    folders: HashMap<String, Rank>,
    /// `**/NAME`: by the file's name.
    names: HashMap<String, Rank>,
    /// `**/*.EXT`: by what follows the last dot.
    extensions: HashMap<String, Rank>,
    /// `**/NAME` with a wildcard in the name, best rank first.
    name_patterns: Vec<(Rank, Segment)>,
    /// All other patterns, best rank first.
    others: Vec<(Rank, Vec<Segment>)>,
    markers: Vec<String>,
    entry_points: Vec<Glob>,
    commands: Vec<Glob>,
    places: Vec<Glob>,
    routed: Vec<Glob>,
    stored: Vec<Glob>,
    described: BTreeMap<String, Vec<String>>,
    injected: BTreeMap<String, Vec<String>>,
    pages: Vec<PageRule>,
}

/// Pages of a framework, and what it runs before it shows one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct PageRule {
    files: Vec<Glob>,
    /// Exports of the same file that run before the page.
    #[serde(default)]
    pub(crate) guards: Vec<String>,
    /// Members of what such a function returns that mean that no page is shown.
    #[serde(default)]
    pub(crate) refusals: Vec<String>,
    /// Functions whose result, returned, means the same.
    #[serde(default)]
    pub(crate) refusing_calls: Vec<String>,
    /// Names of files, in the same folder or above, whose default export is given the page as its children.
    #[serde(default)]
    pub(crate) layouts: Vec<String>,
}

impl PageRule {
    pub(crate) fn is_for(&self, path: &RepoPath) -> bool {
        self.files.iter().any(|glob| glob.matches(path.as_str()))
    }
}

/// The place of a rule in the file: the smallest wins.
pub(crate) type Rank = (u8, FileKind);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawFileKinds {
    /// From the strongest to the weakest.
    kinds: Vec<RawRule>,
    generated_markers: Vec<String>,
    entry_points: Vec<Glob>,
    commands: Vec<Glob>,
    places: Vec<Glob>,
    routed: Vec<Glob>,
    stored: Vec<Glob>,
    described: BTreeMap<String, Vec<String>>,
    injected: BTreeMap<String, Vec<String>>,
    pages: Vec<PageRule>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    kind: FileKind,
    paths: Vec<Glob>,
}

/// How much of a text is searched for a marker of generated code.
const HEADER_LINES: usize = 5;
const HEADER_BYTES: usize = 1024;

impl FileKinds {
    pub(crate) fn builtin() -> Result<Self, RuleError> {
        Ok(Self::new(builtin_file("rules/files.yaml")?))
    }

    fn new(raw: RawFileKinds) -> Self {
        let mut kinds = Self {
            folders: HashMap::new(),
            names: HashMap::new(),
            extensions: HashMap::new(),
            name_patterns: Vec::new(),
            others: Vec::new(),
            markers: raw.generated_markers,
            entry_points: raw.entry_points,
            commands: raw.commands,
            places: raw.places,
            routed: raw.routed,
            stored: raw.stored,
            described: raw.described,
            injected: raw.injected,
            pages: raw.pages,
        };
        for (at, rule) in raw.kinds.iter().enumerate() {
            let rank = (u8::try_from(at).unwrap_or(u8::MAX), rule.kind);
            for pattern in rule.paths.iter().flat_map(Glob::alternatives) {
                kinds.add(rank, pattern);
            }
        }
        kinds
    }

    fn add(&mut self, rank: Rank, pattern: &[Segment]) {
        let (table, key) = match pattern {
            [Segment::Any, Segment::Literal(folder), Segment::Any] => (&mut self.folders, folder.as_str()),
            [Segment::Any, Segment::Literal(name)] => (&mut self.names, name.as_str()),
            [Segment::Any, Segment::Wildcard(name)] if is_extension(name) => (&mut self.extensions, &name[2..]),
            [Segment::Any, name @ Segment::Wildcard(_)] => return self.name_patterns.push((rank, name.clone())),
            _ => return self.others.push((rank, pattern.to_vec())),
        };
        table.entry(key.to_owned()).or_insert(rank);
    }

    /// Whether a framework looks for the file in its place and runs what it exports.
    pub(crate) fn is_entry_point(&self, path: &RepoPath) -> bool {
        self.entry_points.iter().any(|glob| glob.matches(path.as_str()))
    }

    /// Whether what stands there is often run by its place alone.
    pub(crate) fn is_found_by_place(&self, path: &RepoPath) -> bool {
        self.places.iter().any(|glob| glob.matches(path.as_str())) || self.is_entry_point(path)
    }

    /// Whether the file is where a router looks for entry points only, and is none.
    pub(crate) fn is_beside_routes(&self, path: &RepoPath) -> bool {
        self.routed.iter().any(|glob| glob.matches(path.as_str())) && !self.is_entry_point(path)
    }

    /// Whether a class with a base of this name is what something stored is made into.
    pub(crate) fn is_stored(&self, base: &str) -> bool {
        self.stored.iter().any(|glob| glob.matches(base))
    }

    /// Whether a decorator of this name, from this module, only describes its class.
    pub(crate) fn is_description(&self, module: &str, name: &str) -> bool {
        self.described.get(module).is_some_and(|names| names.iter().any(|known| known == name))
    }

    /// Whether a decorator of this name, from this module, only says that others may be handed its class.
    pub(crate) fn is_injection(&self, module: &str, name: &str) -> bool {
        self.injected.get(module).is_some_and(|names| names.iter().any(|known| known == name))
    }

    /// Whether the file is run by hand.
    pub(crate) fn is_command(&self, path: &RepoPath) -> bool {
        self.commands.iter().any(|glob| glob.matches(path.as_str()))
    }

    /// What is known of pages of frameworks.
    pub(crate) fn all_pages(&self) -> &[PageRule] {
        &self.pages
    }

    /// What is known of the file as a page of a framework.
    pub(crate) fn pages(&self, path: &RepoPath) -> impl Iterator<Item = &PageRule> {
        self.pages.iter().filter(move |rule| rule.is_for(path))
    }

    /// The kind of a file, by its path and, where it matters, by the first lines of its text.
    pub(crate) fn kind(&self, path: &RepoPath, text: &str) -> FileKind {
        self.with_text(self.rank(path), text)
    }

    /// The kind of a file whose path says this; see [`FileKinds::rank`].
    pub(crate) fn with_text(&self, (rank, kind): Rank, text: &str) -> FileKind {
        let may_be_generated = !matches!(kind, FileKind::Vendored | FileKind::Generated | FileKind::Docs) && rank > 0;
        if may_be_generated && self.has_marker(text) { FileKind::Generated } else { kind }
    }

    /// What the path of a file says: the number of the strongest pattern, and its kind.
    pub(crate) fn rank(&self, path: &RepoPath) -> Rank {
        let segments: Vec<&str> = path.as_str().split('/').collect();
        let (name, folders) = segments.split_last().map_or(("", &[][..]), |(name, folders)| (*name, folders));
        let by_folder = folders.iter().filter_map(|folder| self.folders.get(*folder)).min();
        let by_name = self.names.get(name);
        let by_extension = name.rsplit_once('.').and_then(|(_, extension)| self.extensions.get(extension));
        let mut best = by_folder.into_iter().chain(by_name).chain(by_extension).min().copied();
        let is_better = |rank: Rank, best: Option<Rank>| best.is_none_or(|best| rank < best);
        let mut name_patterns = self.name_patterns.iter().take_while(|(rank, _)| is_better(*rank, best));
        best = name_patterns.find(|(_, pattern)| pattern.matches(name)).map(|(rank, _)| *rank).or(best);
        let mut others = self.others.iter().take_while(|(rank, _)| is_better(*rank, best));
        best = others.find(|(_, pattern)| segments_match(pattern, &segments)).map(|(rank, _)| *rank).or(best);
        best.unwrap_or((u8::MAX, FileKind::Other))
    }

    fn has_marker(&self, text: &str) -> bool {
        let mut end = text.len().min(HEADER_BYTES);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let header: usize = text[..end].split_inclusive('\n').take(HEADER_LINES).map(str::len).sum();
        self.markers.iter().any(|marker| has_word(&text[..header], marker))
    }
}

/// True for `*.EXT` with one dot.
fn is_extension(pattern: &str) -> bool {
    pattern.strip_prefix("*.").is_some_and(|rest| !rest.contains(['*', '?', '.']))
}

/// True where the marker stands by itself: `@generated` is not in `@generated/client` or `@generatedBy`.
fn has_word(text: &str, marker: &str) -> bool {
    text.match_indices(marker).any(|(at, _)| {
        let next = text[at + marker.len()..].chars().next();
        next.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '/' | '-' | '_'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds() -> FileKinds {
        FileKinds::builtin().expect("rules/files.yaml is valid")
    }

    #[test]
    fn paths_have_the_kind_that_reviewers_give_them() {
        let kinds = kinds();
        for (kind, paths) in [
            (
                FileKind::Code,
                "src/index.ts app/models.py scripts/backfill.py web/app/[id]/page.tsx db/schema.prisma api/v1.proto \
                 schema.graphql openapi.yaml docs-site/src/page.tsx src/latest.py src/contest.ts src/testimonials.tsx \
                 app/views/show.html.erb src/protest/vote.ts app/templates/pay.html main.go src/lang/parser.py \
                 lib/attestation.rb src/settings.py src/inspector.ts packages/docs/src/a.ts src/distance/a.ts",
            ),
            (
                FileKind::Code,
                "app/migrations/0001_initial.py db/migrate/20240101_add_tax.rb prisma/migrations/2024/migration.sql \
                 alembic/versions/ab12_add.py src/alembic/x/versions/1.py tests/app/migrations/0001_initial.py",
            ),
            (
                FileKind::Test,
                "src/a.test.ts src/a.spec.tsx tests/api/test_pay.py app/tests.py conftest.py pkg/x_test.go cypress/e2e/a.cy.ts \
                 src/__tests__/a.ts src/__mocks__/b.js src/Button.stories.tsx .storybook/main.js src/mocks/handlers.ts \
                 src/fixtures/orders.json src/a.mock.ts e2e/login.ts src/OrderServiceTest.java setupTests.ts spec/a_spec.rb",
            ),
            (
                FileKind::Test,
                "src/api/mocks.ts src/api/mocks.js app/billing_mock.py src/user-mock.ts playwright_tests/core/page.py \
                 a/playwright_tests/x.py test_codecept/e2e/a.js e2e/login.po.ts src/login.po.ts api/__mocks__/b.js \
                 testutils/db.py a/testutils/db.py a/b/conftest.py app/tests/factories.py src/httpMock.ts \
                 api/data/lists.mock.data.ts src/mock-responses.ts apps/storybook/src/App.tsx public/mockServiceWorker.js \
                 src/pay.e2e-ee.ts test/codecept.conf.js src/testData.ts src/FormTestSetup.ts hc/test.py locustfile.py",
            ),
            (
                FileKind::Code,
                "src/hammock.ts src/mockup.tsx src/stubborn.py app/factories.py src/purchase.page.ts src/ab-testing/split.ts \
                 src/server.ts scripts/deploy.sh scripts/device.py src/devices/a.ts src/fixtureless.py src/smock/a.ts",
            ),
            (
                FileKind::Config,
                "dev-server.js tools/dev-server.mjs web/my-dev-server.js server.dev.ts scripts/dev.sh web/scripts/dev-proxy.js \
                 scripts/run_dev.py src/setupProxy.js",
            ),
            (
                FileKind::Generated,
                "package-lock.json web/yarn.lock pnpm-lock.yaml poetry.lock uv.lock Cargo.lock go.sum api/v1.pb.go api/v1_pb2.py \
                 src/__generated__/types.ts src/types.generated.ts dist/a.js web/build/a.js lib/jquery.min.js a.js.map \
                 src/__snapshots__/a.test.ts.snap src/client/generated/api.ts",
            ),
            (FileKind::Vendored, "node_modules/a/README.md vendor/x/y.go web/third_party/a_test.js x/vendor/dist/a.js"),
            (
                FileKind::Docs,
                "README.md docs/conf.py LICENSE LICENSE-MIT CHANGELOG.rst a/b/notes.adoc .changeset/a.yaml locale/de/messages.po \
                 src/locales/en.json src/i18n/en.yml",
            ),
            (
                FileKind::Config,
                "package.json tsconfig.json .github/workflows/ci.yml Dockerfile infra/Dockerfile.web jest.config.js vite.config.ts \
                 webpack.prod.js .eslintrc.cjs pyproject.toml requirements.txt requirements-dev.txt .env.production setup.cfg \
                 terraform/main.tf cdk/lib/stack.ts services/pay/cdk/bin/app.ts Makefile config/app.yml",
            ),
            (FileKind::Other, "logo.png src/a.css data.csv a.unknown noextension"),
        ] {
            for path in paths.split_whitespace() {
                assert_eq!(kinds.kind(&RepoPath::new(path), ""), kind, "{path}");
            }
        }
    }

    #[test]
    fn the_first_lines_can_say_that_a_file_is_generated() {
        let kinds = kinds();
        let kind = |path: &str, text: &str| kinds.kind(&RepoPath::new(path), text);
        assert_eq!(kind("src/a.ts", "/* @generated SignedSource<<x>> */\nexport {}"), FileKind::Generated);
        assert_eq!(kind("src/a.go", "// Code generated by x. DO NOT EDIT.\n"), FileKind::Generated);
        assert_eq!(kind("src/a.test.ts", "// @generated\n"), FileKind::Generated);
        assert_eq!(kind("src/a.ts", "import x from '@generated/client';\n"), FileKind::Code);
        assert_eq!(kind("src/a.ts", "const generated = 1;\n"), FileKind::Code);
        assert_eq!(kind("src/a.ts", &format!("{}// @generated\n", "x\n".repeat(5))), FileKind::Code, "not in the head");
        assert_eq!(
            kind("src/a.ts", &format!("{}@generated", "é".repeat(600))),
            FileKind::Code,
            "cut inside a character"
        );
        assert_eq!(kind("README.md", "<!-- DO NOT EDIT -->\n"), FileKind::Docs);
    }

    #[test]
    fn migrations_are_code_also_where_a_tool_wrote_them() {
        let text = "# Generated by Django 4.2 on 2024-01-01. DO NOT EDIT\n";
        assert_eq!(kinds().kind(&RepoPath::new("app/migrations/0002_auto.py"), text), FileKind::Code);
    }
}
