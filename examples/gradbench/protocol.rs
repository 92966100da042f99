//! The protocol: a message is a line of JSON, and so is the answer.

use std::error::Error;

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::{ba, det, gmm, hello, kmeans, llsq, lse, lstm, ode};

/// A message; what it has beyond these fields means nothing to a tool.
#[derive(Deserialize)]
struct Message<'a> {
    id: Value,
    kind: String,
    #[serde(default)]
    module: String,
    #[serde(default)]
    function: String,
    #[serde(borrow)]
    input: Option<&'a RawValue>,
}

/// What a function of a problem gives.
pub struct Evaluated {
    /// Its value, in the form the problem asks for.
    pub output: Value,
    /// What each run took, in nanoseconds.
    pub runs: Vec<u64>,
}

/// The value and its timings, or why there are none: an input of another form, or something the language can't express.
pub type Outcome = Result<Evaluated, Box<dyn Error>>;

/// Evaluates a function, by its name, at an input.
type Evaluate = fn(&str, &RawValue) -> Outcome;

/// The problems, by the names of their modules.
const PROBLEMS: &[(&str, Evaluate)] = &[
    ("hello", hello::evaluate),
    ("llsq", llsq::evaluate),
    ("lse", lse::evaluate),
    ("kmeans", kmeans::evaluate),
    ("gmm", gmm::evaluate),
    ("ba", ba::evaluate),
    ("lstm", lstm::evaluate),
    ("ode", ode::evaluate),
    ("det", det::evaluate),
];

/// The answer to a message: `id` always, `success` where a problem or a value of it was asked for.
pub fn answer(line: &str) -> Value {
    match serde_json::from_str::<Message>(line) {
        Ok(message) => {
            let id = message.id.clone();
            let mut answer = respond(&message);
            answer["id"] = id;
            answer
        }
        Err(error) => json!({ "id": null, "success": false, "error": error.to_string() }),
    }
}

fn respond(message: &Message) -> Value {
    let outcome = match message.kind.as_str() {
        "start" => return json!({ "tool": "chainrule" }),
        "define" => problem(&message.module).map(|_| json!({ "success": true })),
        "evaluate" => evaluate(message).map(|evaluated| {
            let timing = |nanoseconds| json!({ "name": "evaluate", "nanoseconds": nanoseconds });
            let timings: Vec<Value> = evaluated.runs.into_iter().map(timing).collect();
            json!({ "success": true, "output": evaluated.output, "timings": timings })
        }),
        _ => return json!({}),
    };
    outcome.unwrap_or_else(|error| json!({ "success": false, "error": error.to_string() }))
}

fn evaluate(message: &Message) -> Outcome {
    let evaluate = problem(&message.module)?;
    let input = message.input.ok_or("there is no `input`")?;
    evaluate(&message.function, input)
}

fn problem(name: &str) -> Result<Evaluate, Box<dyn Error>> {
    let found = PROBLEMS.iter().find(|(module, _)| *module == name);
    Ok(found
        .map(|(_, evaluate)| *evaluate)
        .ok_or_else(|| format!("`{name}` is not a known module"))?)
}

/// What to answer when a problem has no such function.
pub fn unknown(function: &str) -> Outcome {
    Err(format!("`{function}` is not a function of this module").into())
}
