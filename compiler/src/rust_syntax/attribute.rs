//! The settings in `#[model(..)]`.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Ident, LitStr, Path, Token};

use super::loss::loss;
use super::{Reader, written};
use crate::diagnostic::did_you_mean;
use crate::diagnostic::syntax::{attribute as messages, suggestion};
use crate::tree::{Loss, Name, Position, Reduction, ScalarType, Sensitivity};

const KEYS: &[&str] =
    &["loss", "weights", "reduction", "scalar", "dims", "derivatives", "crate", "dump"];

/// What the attribute chooses.
pub(super) struct Settings {
    pub loss: Option<LossSetting>,
    /// The word `weights`.
    pub weights: Option<Ident>,
    pub reduction: Reduction,
    pub scalar: ScalarType,
    pub dims: Vec<Ident>,
    pub sensitivities: Vec<(Sensitivity, Position)>,
    pub crate_path: Option<TokenStream>,
    pub dump: Option<Name>,
}

/// `loss = ..`, as far as it could be read.
pub(super) struct LossSetting {
    pub at: Position,
    pub value: Option<Loss>,
}

/// One `key`, `key = value` or `key(values)`.
struct Setting {
    key: Ident,
    value: Value,
}

enum Value {
    None,
    Assigned(TokenStream),
    List(Group),
}

/// Reads the attribute's arguments; what cannot be read keeps its default.
pub(super) fn settings(reader: &mut Reader, attribute: TokenStream) -> Settings {
    let mut settings = Settings {
        loss: None,
        weights: None,
        reduction: Reduction::Mean,
        scalar: ScalarType::F32,
        dims: Vec::new(),
        sensitivities: Vec::new(),
        crate_path: None,
        dump: None,
    };
    let mut keys: Vec<String> = Vec::new();
    for segment in segments(attribute) {
        let Some(setting) = setting(reader, segment) else { continue };
        let key = setting.key.to_string();
        if keys.contains(&key) {
            let at = reader.at(&setting.key);
            reader.add(messages::duplicate_setting(at, &key));
            continue;
        }
        keys.push(key);
        apply(reader, &mut settings, setting);
    }
    settings
}

/// Cuts at the commas before a key, so that an error in one setting does not hide the next: `|p, t| ..` is not cut.
fn segments(attribute: TokenStream) -> Vec<Vec<TokenTree>> {
    let tokens: Vec<TokenTree> = attribute.into_iter().collect();
    let mut segments: Vec<Vec<TokenTree>> = Vec::new();
    let mut start = 0;
    for (index, token) in tokens.iter().enumerate() {
        let is_comma = matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
        if is_comma && starts_setting(&tokens[index + 1..]) {
            segments.push(tokens[start..index].to_vec());
            start = index + 1;
        }
    }
    segments.push(tokens[start..].to_vec());
    if segments.last().is_some_and(Vec::is_empty) {
        segments.pop();
    }
    segments
}

/// Whether the tokens after a comma are a key with what may follow it, or nothing.
fn starts_setting(tokens: &[TokenTree]) -> bool {
    match tokens {
        [] | [TokenTree::Ident(_)] => true,
        [TokenTree::Ident(_), TokenTree::Punct(punct), ..] => matches!(punct.as_char(), '=' | ','),
        [TokenTree::Ident(_), TokenTree::Group(group), rest @ ..] => {
            group.delimiter() == Delimiter::Parenthesis && starts_after_list(rest)
        }
        _ => false,
    }
}

fn starts_after_list(tokens: &[TokenTree]) -> bool {
    match tokens.first() {
        None => true,
        Some(TokenTree::Punct(punct)) => punct.as_char() == ',',
        Some(_) => false,
    }
}

fn setting(reader: &mut Reader, segment: Vec<TokenTree>) -> Option<Setting> {
    let all: TokenStream = segment.iter().cloned().collect();
    let mut tokens = segment.into_iter();
    let (key, rest) = (tokens.next(), tokens.collect::<Vec<_>>());
    let value = match rest.as_slice() {
        [] => Value::None,
        [TokenTree::Punct(punct), value @ ..] if punct.as_char() == '=' => match value {
            [] => Value::None,
            value => Value::Assigned(value.iter().cloned().collect()),
        },
        [TokenTree::Group(group)] if group.delimiter() == Delimiter::Parenthesis => {
            Value::List(group.clone())
        }
        _ => return malformed(reader, all),
    };
    match key {
        Some(TokenTree::Ident(key)) => Some(Setting { key, value }),
        _ => malformed(reader, all),
    }
}

fn malformed(reader: &mut Reader, segment: TokenStream) -> Option<Setting> {
    let found = if segment.is_empty() { ",".to_owned() } else { written(&segment) };
    let at = reader.at(segment);
    reader.add(messages::malformed_setting(at, &found));
    None
}

fn apply(reader: &mut Reader, settings: &mut Settings, setting: Setting) {
    let Setting { key, value } = setting;
    let at = reader.at(&key);
    match (key.to_string().as_str(), value) {
        ("loss", Value::Assigned(value)) => {
            let at = reader.at(&value);
            settings.loss = Some(LossSetting { at, value: loss(reader, &value) });
        }
        ("weights", Value::None) => settings.weights = Some(key),
        ("weights", Value::Assigned(_) | Value::List(_)) => reader.add(messages::weights_value(at)),
        ("reduction", Value::Assigned(value)) => {
            if let Some(reduction) = reduction(reader, &value) {
                settings.reduction = reduction;
            }
        }
        ("scalar", Value::Assigned(value)) => {
            if let Some(scalar) = scalar(reader, &value) {
                settings.scalar = scalar;
            }
        }
        ("dims", Value::List(group)) if !group.stream().is_empty() => {
            settings.dims = dims(reader, &group);
        }
        ("derivatives", Value::List(group)) if !group.stream().is_empty() => {
            settings.sensitivities = sensitivities(reader, &group);
        }
        ("crate", Value::Assigned(value)) => settings.crate_path = crate_path(reader, value),
        ("dump", Value::Assigned(value)) => settings.dump = dump(reader, &value),
        (known, _) if KEYS.contains(&known) => {
            reader.add(messages::setting_form(at, known, form(known)));
            if known == "loss" {
                settings.loss = Some(LossSetting { at, value: None });
            }
        }
        (unknown, _) => {
            reader.add(messages::unknown_setting(at, unknown, &suggestion(unknown, KEYS)));
            if did_you_mean(unknown, KEYS.iter().copied()) == Some("loss") {
                settings.loss = Some(LossSetting { at, value: None });
            }
        }
    }
}

fn form(key: &str) -> &'static str {
    match key {
        "loss" => "loss = mean_squared_error",
        "reduction" => "reduction = mean",
        "scalar" => "scalar = f64",
        "dims" => "dims(N, D)",
        "derivatives" => "derivatives(jacobian, hessian)",
        "crate" => "crate = ::chainrule",
        _ => "dump = \"simplify\"",
    }
}

fn reduction(reader: &mut Reader, value: &TokenStream) -> Option<Reduction> {
    match written(value).as_str() {
        "mean" => Some(Reduction::Mean),
        "sum" => Some(Reduction::Sum),
        found => {
            let at = reader.at(value);
            let hint = suggestion(found, &["mean", "sum"]);
            reader.add(messages::unknown_reduction(at, found, &hint));
            None
        }
    }
}

fn scalar(reader: &mut Reader, value: &TokenStream) -> Option<ScalarType> {
    match written(value).as_str() {
        "f32" => Some(ScalarType::F32),
        "f64" => Some(ScalarType::F64),
        found => {
            let at = reader.at(value);
            reader.add(messages::unknown_scalar(at, found));
            None
        }
    }
}

fn dims(reader: &mut Reader, group: &Group) -> Vec<Ident> {
    let names = Punctuated::<Ident, Token![,]>::parse_terminated.parse2(group.stream());
    if names.is_err() {
        let at = reader.at(group.stream());
        reader.add(messages::dims_value(at, &written(group.stream())));
    }
    names.unwrap_or_default().into_iter().collect()
}

fn sensitivities(reader: &mut Reader, group: &Group) -> Vec<(Sensitivity, Position)> {
    let names = Punctuated::<Ident, Token![,]>::parse_terminated.parse2(group.stream());
    let Ok(names) = names else {
        let at = reader.at(group.stream());
        reader.add(messages::derivatives_value(at, &written(group.stream())));
        return Vec::new();
    };
    let mut wanted: Vec<(Sensitivity, Position)> = Vec::new();
    for name in names {
        let (at, name) = (reader.at(&name), name.to_string());
        match Sensitivity::named(&name) {
            Some(known) if wanted.iter().any(|(other, _)| *other == known) => {
                reader.add(messages::duplicate_derivative(at, &name));
            }
            Some(known) => wanted.push((known, at)),
            None => {
                let known: Vec<&str> = Sensitivity::ALL.iter().map(|(name, _)| *name).collect();
                reader.add(messages::unknown_derivative(at, &name, &suggestion(&name, &known)));
            }
        }
    }
    wanted
}

fn crate_path(reader: &mut Reader, value: TokenStream) -> Option<TokenStream> {
    if let Ok(path) = Path::parse_mod_style.parse2(value.clone()) {
        return Some(path.into_token_stream());
    }
    let at = reader.at(&value);
    reader.add(messages::crate_value(at, &written(value)));
    None
}

fn dump(reader: &mut Reader, value: &TokenStream) -> Option<Name> {
    let at = reader.at(value);
    let stage = syn::parse2::<LitStr>(value.clone());
    if stage.is_err() {
        reader.add(messages::dump_value(at, &written(value)));
    }
    stage.ok().map(|stage| Name { text: stage.value(), at })
}
