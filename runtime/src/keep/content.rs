//! Named arrays and properties to the bytes of a safetensors file, and back.

use std::borrow::Cow;

use crc32fast::Hasher;
use safetensors::tensor::View;
use safetensors::{Dtype, SafeTensors};

use super::error::Problem;

/// The key of the file's metadata under which all properties stand: the order of several is not fixed, so files would differ.
const KEY: &str = "chainrule";
/// The format of the properties and of what they mean.
const FORMAT: &str = "1";

/// What a file holds.
#[derive(Debug, Default)]
pub struct Content<'a> {
    /// The properties, each one line; none for a file that was written by others.
    properties: Vec<(String, String)>,
    /// The arrays, by name.
    tensors: Vec<(String, Tensor<'a>)>,
}

/// An array.
#[derive(Debug)]
pub struct Tensor<'a> {
    /// The type of its elements.
    pub dtype: Dtype,
    /// Its extents.
    pub shape: Vec<usize>,
    /// Its elements, row-major and little-endian.
    pub bytes: Cow<'a, [u8]>,
}

impl View for &Tensor<'_> {
    fn dtype(&self) -> Dtype {
        self.dtype
    }

    fn shape(&self) -> &[usize] {
        &self.shape
    }

    fn data(&self) -> Cow<'_, [u8]> {
        Cow::Borrowed(&self.bytes)
    }

    fn data_len(&self) -> usize {
        self.bytes.len()
    }
}

impl<'a> Content<'a> {
    /// Adds a property.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.properties.push((name.into(), value.into().replace('\n', " ")));
    }

    /// Adds an array.
    pub fn add(&mut self, name: impl Into<String>, tensor: Tensor<'a>) {
        self.tensors.push((name.into(), tensor));
    }

    /// A property.
    pub fn property(&self, name: &str) -> Option<&str> {
        let found = self.properties.iter().find(|(other, _)| other == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The same, apart from the bytes it was read from.
    pub fn into_owned(self) -> Content<'static> {
        let own = |(name, Tensor { dtype, shape, bytes })| {
            (name, Tensor { dtype, shape, bytes: Cow::Owned(Cow::into_owned(bytes)) })
        };
        let tensors = self.tensors.into_iter().map(own).collect();
        Content { properties: self.properties, tensors }
    }

    /// The names of the arrays, in their own order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.tensors.iter().map(|(name, _)| name.as_str())
    }

    /// An array.
    pub fn tensor(&self, name: &str) -> Option<&Tensor<'a>> {
        self.tensors.iter().find(|(other, _)| other == name).map(|(_, tensor)| tensor)
    }

    /// All arrays, to be changed.
    #[cfg(test)]
    pub fn tensors_mut(&mut self) -> impl Iterator<Item = (&str, &mut Tensor<'a>)> {
        self.tensors.iter_mut().map(|(name, tensor)| (name.as_str(), tensor))
    }

    /// The bytes of the file, the same for the same content.
    pub fn encode(&mut self) -> Result<Vec<u8>, Problem> {
        self.tensors.sort_by(|(a, _), (b, _)| a.cmp(b));
        let text = self.text();
        let sum = format!("crc32 {:08x}\nformat {FORMAT}\n{text}", self.checksum(&text));
        let metadata = [(KEY.to_owned(), sum)].into_iter().collect();
        let tensors = self.tensors.iter().map(|(name, tensor)| (name.as_str(), tensor));
        safetensors::serialize(tensors, Some(metadata))
            .map_err(|error| Problem::Format { text: error.to_string() })
    }

    /// What the bytes of a file hold, if they are what was written.
    pub fn from_bytes(bytes: &'a [u8]) -> Result<Content<'a>, Problem> {
        let format =
            |error: safetensors::SafeTensorError| Problem::Format { text: error.to_string() };
        let (_, header) = SafeTensors::read_metadata(bytes).map_err(format)?;
        let file = SafeTensors::deserialize(bytes).map_err(format)?;
        let mut content = Content::default();
        for (name, view) in file.tensors() {
            let (dtype, shape) = (view.dtype(), view.shape().to_vec());
            content.add(name, Tensor { dtype, shape, bytes: Cow::Borrowed(view.data()) });
        }
        content.tensors.sort_by(|(a, _), (b, _)| a.cmp(b));
        if let Some(text) = header.metadata().as_ref().and_then(|metadata| metadata.get(KEY)) {
            content.read_properties(text)?;
        }
        Ok(content)
    }

    fn read_properties(&mut self, text: &str) -> Result<(), Problem> {
        let lines = text.lines();
        self.properties.extend(lines.map(|line| {
            let (name, value) = line.split_once(' ').unwrap_or((line, ""));
            (name.to_owned(), value.to_owned())
        }));
        let found = self.property("format").unwrap_or("none").to_owned();
        if found != FORMAT {
            return Err(Problem::Version { expected: FORMAT.to_owned(), found });
        }
        let expected = self.property("crc32").unwrap_or("none").to_owned();
        self.properties.retain(|(name, _)| name != "crc32" && name != "format");
        let found = format!("{:08x}", self.checksum(&self.text()));
        if found == expected { Ok(()) } else { Err(Problem::Checksum { expected, found }) }
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for (name, value) in &self.properties {
            text.extend([name, " ", value, "\n"]);
        }
        text
    }

    /// The sum of everything that has a meaning, so that where the file has room for more, that may differ.
    fn checksum(&self, text: &str) -> u32 {
        let mut hasher = Hasher::new();
        hasher.update(text.as_bytes());
        for (name, tensor) in &self.tensors {
            let Tensor { dtype, shape, bytes } = tensor;
            hasher.update(format!("{name}\n{dtype} {shape:?} {}\n", bytes.len()).as_bytes());
            hasher.update(bytes);
        }
        hasher.finalize()
    }
}

#[cfg(test)]
mod tests;
