//! The fields of `tensorflow.Event` that numbers need, as protocol buffers.
//!
//! `Event`: 1 wall time, 2 step, 3 file version, 5 summary. `Summary`: 1 value, repeated. `Summary.Value`: 1 tag, 2 simple value.
//!
//! # References
//! `tensorboard/compat/proto/event.proto` and `summary.proto`; *Protocol Buffers: Encoding*.

/// How the value of a field is written.
#[derive(Clone, Copy)]
enum Wire {
    Varint = 0,
    Eight = 1,
    Bytes = 2,
    Four = 5,
}

/// The first event of a file.
pub fn version(wall_time: f64) -> Vec<u8> {
    let mut event = Vec::new();
    eight(&mut event, 1, wall_time);
    bytes(&mut event, 3, b"brain.Event:2");
    event
}

/// An event with one number.
pub fn scalar(wall_time: f64, step: i64, tag: &str, value: f32) -> Vec<u8> {
    let (mut named, mut summary, mut event) = (Vec::new(), Vec::new(), Vec::new());
    bytes(&mut named, 1, tag.as_bytes());
    key(&mut named, 2, Wire::Four);
    named.extend(value.to_le_bytes());
    bytes(&mut summary, 1, &named);
    eight(&mut event, 1, wall_time);
    key(&mut event, 2, Wire::Varint);
    varint(&mut event, step as u64);
    bytes(&mut event, 5, &summary);
    event
}

fn key(message: &mut Vec<u8>, field: u64, wire: Wire) {
    varint(message, field << 3 | wire as u64);
}

fn eight(message: &mut Vec<u8>, field: u64, value: f64) {
    key(message, field, Wire::Eight);
    message.extend(value.to_le_bytes());
}

fn bytes(message: &mut Vec<u8>, field: u64, value: &[u8]) {
    key(message, field, Wire::Bytes);
    varint(message, value.len() as u64);
    message.extend(value);
}

/// Seven bits a byte, the lowest first; all but the last have the eighth set.
fn varint(message: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        message.push(value as u8 | 0x80);
        value >>= 7;
    }
    message.push(value as u8);
}
