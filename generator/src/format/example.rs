//! Examples in docs: `#[example(Error; statements)]` becomes a doc test.
//!
//! The emitter gives statements as tokens, since only this stage prints Rust. They run in an async function
//! that returns `Result<(), Error>`; the function's own lines are hidden from readers.

use syn::parse::{Parse, ParseStream};

use super::doc;

/// What stands in the attribute.
struct Example {
    error: syn::Path,
    statements: Vec<syn::Stmt>,
}

impl Parse for Example {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let error = input.parse()?;
        input.parse::<syn::Token![;]>()?;
        let statements = input.call(syn::Block::parse_within)?;
        Ok(Self { error, statements })
    }
}

/// Replaces the attribute by the lines of a doc test.
pub(super) fn expand(attributes: &mut Vec<syn::Attribute>) {
    let Some(at) = attributes
        .iter()
        .position(|it| it.path().is_ident("example"))
    else {
        return;
    };
    let example = attributes[at]
        .parse_args::<Example>()
        .expect("the emitter writes examples as statements");
    let lines = lines(&example);
    let docs = lines.iter().map(|line| {
        let space = if line.is_empty() { "" } else { " " };
        doc(&format!("{space}{line}"))
    });
    let docs: Vec<_> = docs.collect();
    attributes.splice(at..=at, docs);
}

/// The lines of the doc test.
fn lines(example: &Example) -> Vec<String> {
    let (imports, body): (Vec<_>, Vec<_>) = example
        .statements
        .iter()
        .cloned()
        .partition(|it| matches!(it, syn::Stmt::Item(syn::Item::Use(_))));
    let imports = imports.into_iter().filter_map(|it| match it {
        syn::Stmt::Item(item) => Some(item),
        _ => None,
    });
    let names = example.error.segments.iter();
    let error: Vec<String> = names.map(|it| it.ident.to_string()).collect();
    let error = error.join("::");
    let mut function: syn::ItemFn = syn::parse_str("fn example() {}").expect("this is a function");
    function.block.stmts = body;
    let body = print(vec![syn::Item::Fn(function)]);
    let mut lines: Vec<String> = ["", "# Examples", "", "```no_run"]
        .map(str::to_owned)
        .into();
    lines.extend(print(imports.collect()).lines().map(str::to_owned));
    lines.push(String::new());
    lines.push(format!("# async fn example() -> Result<(), {error}> {{"));
    let inner = body.lines().skip(1);
    let count = inner.clone().count().saturating_sub(1);
    lines.extend(
        inner
            .take(count)
            .map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned()),
    );
    lines.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
    lines
}

fn print(items: Vec<syn::Item>) -> String {
    prettyplease::unparse(&syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items,
    })
}
