//! Records with checksums, one after the other.
//!
//! A record is its length in eight bytes, the masked checksum of those, its data, and the masked checksum of the data; numbers have their
//! lowest byte first.
//!
//! # References
//! TensorFlow guide, "`TFRecords` format details"; RFC 3720, appendix B.4, for the checksum and its test values.

use std::io::{self, Write};

/// Writes a record.
pub fn write(file: &mut impl Write, data: &[u8]) -> io::Result<()> {
    let length = (data.len() as u64).to_le_bytes();
    file.write_all(&length)?;
    file.write_all(&masked(&length).to_le_bytes())?;
    file.write_all(data)?;
    file.write_all(&masked(data).to_le_bytes())
}

/// The checksum, changed so that data may hold checksums.
fn masked(data: &[u8]) -> u32 {
    crc32c(data).rotate_right(15).wrapping_add(0xa282_ead8)
}

/// The cyclic redundancy check of Castagnoli's polynomial, bits reversed.
fn crc32c(data: &[u8]) -> u32 {
    let step = |crc: u32, &byte: &u8| TABLE[((crc ^ u32::from(byte)) & 0xff) as usize] ^ (crc >> 8);
    !data.iter().fold(!0, step)
}

/// The remainder of each byte.
const TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut remainder = byte as u32;
        let mut bit = 0;
        while bit < 8 {
            let is_odd = remainder & 1 == 1;
            remainder >>= 1;
            if is_odd {
                remainder ^= 0x82f6_3b78;
            }
            bit += 1;
        }
        table[byte] = remainder;
        byte += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::crc32c;

    #[test]
    fn checksums_are_those_of_the_standard() {
        let ascending: Vec<u8> = (0..32).collect();
        let descending: Vec<u8> = (0..32).rev().collect();
        let cases: [(&[u8], u32); 5] = [
            (&[0; 32], 0x8a91_36aa),
            (&[0xff; 32], 0x62a8_ab43),
            (&ascending, 0x46dd_794e),
            (&descending, 0x113f_db5c),
            (b"123456789", 0xe306_9283),
        ];
        for (data, expected) in cases {
            assert_eq!(crc32c(data), expected, "{data:?}");
        }
    }
}
