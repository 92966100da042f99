//! The numbers that a script drew for a model, and what it found.

/// What the script printed of one model.
pub struct Reference {
    lines: Vec<(String, String, Vec<f64>)>,
}

impl Reference {
    /// The section of a model in the file of its family.
    pub fn of(family: &str, model: &str) -> Reference {
        let mut sections = family.split("model ").filter_map(|section| section.split_once('\n'));
        let (_, body) =
            sections.find(|(name, _)| *name == model).expect("the script has the model");
        let line = |line: &str| {
            let mut words = line.split(' ');
            let kind = words.next().unwrap_or_default().to_owned();
            let name =
                if kind == "loss" { "" } else { words.next().unwrap_or_default() }.to_owned();
            let numbers = words.map(|word| word.parse().expect("a number")).collect();
            (kind, name, numbers)
        };
        Reference { lines: body.lines().map(line).collect() }
    }

    /// All numbers of one kind, in the order of the signature.
    pub fn all(&self, kind: &str) -> Vec<f64> {
        let lines = self.lines.iter().filter(|(found, ..)| found == kind);
        lines.flat_map(|(.., numbers)| numbers.clone()).collect()
    }

    /// The numbers of an argument.
    pub fn argument(&self, name: &str) -> Vec<f64> {
        let mut lines = self.lines.iter();
        let is_wanted = |(kind, known, _): &&(String, String, Vec<f64>)| {
            matches!(kind.as_str(), "input" | "data" | "class") && known == name
        };
        lines.find(is_wanted).expect("the script has the argument").2.clone()
    }
}
