use std::borrow::Cow;

use safetensors::Dtype;

use super::{Content, Tensor};
use crate::generator::Generator;
use crate::keep::numbers::{real_tensor, word_tensor};

fn content() -> Content<'static> {
    let mut content = Content::default();
    content.set("version", "0.1.0");
    content.set("setting.batch size", "32");
    content.add("w", real_tensor(vec![2, 3], [1.0_f32, -2.0, 0.5, 0.25, 4.0, 0.0]));
    content.add("b", real_tensor(vec![], [0.125_f64]));
    content.add("order", word_tensor(&[2, 0, 1]));
    content.add("nothing", word_tensor(&[]));
    content
}

/// Everything that has a meaning.
fn meaning(content: &Content<'_>) -> String {
    let tensors = content.tensors.iter().map(|(name, Tensor { dtype, shape, bytes })| {
        format!("{name} {dtype} {shape:?} {bytes:?}")
    });
    content.text() + &tensors.collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_written_is_read() {
    let bytes = content().encode().unwrap();
    let read = Content::from_bytes(&bytes).unwrap();
    assert_eq!(read.names().collect::<Vec<_>>(), ["b", "nothing", "order", "w"]);
    assert_eq!(read.property("version"), Some("0.1.0"));
    assert_eq!(read.property("setting.batch"), Some("size 32"));
    let mut written = content();
    written.tensors.sort_by(|(a, _), (b, _)| a.cmp(b));
    assert_eq!(meaning(&read), meaning(&written));
    assert_eq!(content().encode().unwrap(), bytes);
}

#[test]
fn files_of_others_have_no_properties() {
    let mut written = content();
    written.properties.clear();
    let tensors = written.tensors.iter().map(|(name, tensor)| (name.as_str(), tensor));
    let bytes = safetensors::serialize(tensors, None).unwrap();
    let read = Content::from_bytes(&bytes).unwrap();
    assert_eq!((read.names().count(), read.properties.len()), (4, 0));
}

#[test]
fn other_versions_are_refused() {
    let text = "crc32 00000000\nformat 2\n";
    let metadata = [("chainrule".to_owned(), text.to_owned())].into_iter().collect();
    let bytes = Tensor { dtype: Dtype::U8, shape: vec![1], bytes: Cow::Borrowed(&[7]) };
    let bytes = safetensors::serialize([("a", &bytes)], Some(metadata)).unwrap();
    assert_eq!(
        Content::from_bytes(&bytes).unwrap_err().to_string(),
        "the version of the format is 2, expected 1"
    );
}

#[test]
fn every_cut_is_refused() {
    let bytes = content().encode().unwrap();
    for length in 0..bytes.len() {
        assert!(Content::from_bytes(&bytes[..length]).is_err(), "{length}");
    }
    let longer = [&bytes[..], &[0]].concat();
    assert!(Content::from_bytes(&longer).is_err());
}

/// A bit of the header may be one that means nothing: then the content is the same.
#[test]
fn every_flipped_bit_is_refused_or_changes_nothing() {
    let bytes = content().encode().unwrap();
    let expected = meaning(&Content::from_bytes(&bytes).unwrap());
    let mut without_meaning = 0;
    for bit in 0..8 * bytes.len() {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        if let Ok(read) = Content::from_bytes(&flipped) {
            without_meaning += 1;
            // A changed key makes it a file of others, which has no properties.
            let found = meaning(&read);
            assert!(found == expected || expected.ends_with(&found), "bit {bit}: {found}");
        }
    }
    assert!(without_meaning < bytes.len() / 4, "{without_meaning} of {} bits", 8 * bytes.len());
}

#[test]
fn many_changes_at_once_never_panic() {
    let bytes = content().encode().unwrap();
    let mut generator = Generator::new(5);
    for _ in 0..3000 {
        let mut changed = bytes.clone();
        for _ in 0..=generator.below(8) {
            let place = generator.below(changed.len());
            match generator.below(3) {
                0 => changed[place] = generator.next_u64() as u8,
                1 => drop(changed.remove(place)),
                _ => changed.insert(place, b"{}[]\",:0129"[generator.below(11)]),
            }
        }
        let _ = Content::from_bytes(&changed);
    }
}
