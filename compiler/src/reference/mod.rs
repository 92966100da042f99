//! The language reference, written from the tables of functions, so that it says what the compiler does.
//!
//! A test of this crate compares the pages with the files of the runtime's documentation, and writes them anew when it is told to.

mod composite;
mod elementwise;
mod matrix;
mod primitive;

use crate::functions::foreign::foreign_names;
use crate::functions::library::{DefinitionKind, definitions};
use crate::functions::matrix::matrix_functions;
use crate::functions::scalar::families;
use crate::functions::structural::structurals;

/// A page of the reference, in Markdown.
#[derive(Debug)]
pub struct Page {
    /// What it is about, and the name of its file.
    pub name: &'static str,
    /// Its text.
    pub text: String,
}

/// All pages.
///
/// # Examples
/// ```
/// let pages = chainrule_compiler::reference::pages().unwrap();
/// let elementwise = &pages[0].text;
/// assert!(elementwise.contains("`y = tanh(x)`, with `∂y/∂x = 1 − y²`"));
/// ```
///
/// # Errors
/// A formula of the tables that cannot be read: a bug of the table.
pub fn pages() -> Result<Vec<Page>, String> {
    Ok(vec![
        Page { name: "elementwise", text: elementwise()? },
        Page { name: "arrays", text: arrays() },
        Page { name: "matrices", text: matrices() },
        Page { name: "losses", text: losses() },
        Page { name: "names", text: names() },
    ])
}

fn elementwise() -> Result<String, String> {
    let mut text = String::from(
        "Functions of numbers, applied to each element; operands of different shapes broadcast.\n\n\
         Each may be written as a function, `tanh(x)`, or as a method, `x.tanh()`. `y` is the result; a derivative in terms of it is \
         computed from it. `[a < b]` is 1 where the relation holds and 0 elsewhere, `pick(c, x)` is `x` where `c` is not 0 and 0 \
         elsewhere, `select(c, a, b)` is `a` where `c` is not 0 and `b` elsewhere; what is not chosen does not count, even if it is \
         infinite or NaN. A cost is in additions, roughly.\n",
    );
    for (title, rows) in families() {
        text += &format!("\n## {title}\n");
        for row in rows.iter().filter(|row| row.public) {
            text += &elementwise::entry(row)?;
        }
    }
    text += "\n## Of derivatives\n\nThese appear in equations and derivatives; a model cannot call them.\n";
    for row in families().flat_map(|(_, rows)| rows).filter(|row| !row.public) {
        text += &elementwise::entry(row)?;
    }
    Ok(text)
}

fn arrays() -> String {
    let mut text = String::from(
        "Functions of whole arrays: products, sums, parts, and what is built of them.\n\n\
         Axes are counted from 0 and given in a list: `sum(x, [1])`, `x.mean([0, 2])`.\n\n## Primitives\n",
    );
    text.extend(structurals().filter(|one| one.public).map(primitive::entry));
    text += "\n## Composites\n\n\
             Each is defined in the language itself and differentiated like your own text; the definition is shown below it.\n";
    let functions = definitions().filter(|one| one.kind == DefinitionKind::Function);
    text.extend(functions.map(composite::entry));
    text
}

fn matrices() -> String {
    let mut text = String::from(
        "Functions of square matrices: factors, solutions of linear equations, determinants.\n\n\
         Below each stands its derivative: `y` is the result, `y_bar` its adjoint, the letters in brackets are axes, and what the left side \
         lacks is summed over. A matrix that has no factors or no inverse gives NaN, never a wrong number.\n",
    );
    text.extend(matrix_functions().filter(|row| row.public).map(matrix::entry));
    text
}

fn losses() -> String {
    let mut text = String::from(
        "Losses of one example, from its prediction and a target.\n\n\
         Name one in the attribute, `#[model(loss = huber(0.5))]`, or call it as a function, `huber(p, y, 0.5)`. The loss of a batch is \
         the mean over its examples, or with `reduction = sum` their sum.\n",
    );
    let losses = definitions().filter(|one| one.kind != DefinitionKind::Function);
    text.extend(losses.map(composite::entry));
    text
}

fn names() -> String {
    let mut text = String::from(
        "What functions of other languages and libraries are called here.\n\n\
         These are not aliases: `log` is the natural logarithm in one language and the common one in the next. A model that uses one is \
         told ours.\n\n| elsewhere | here |\n|---|---|\n",
    );
    text.extend(foreign_names().map(|(theirs, ours)| format!("| `{theirs}` | `{ours}` |\n")));
    text
}

/// `### ` with how it is called, and its other names.
fn heading(form: &str, aliases: &[&str]) -> String {
    let names: Vec<String> = [form].iter().chain(aliases).map(|name| format!("`{name}`")).collect();
    format!("\n### {}\n\n", names.join(", "))
}
