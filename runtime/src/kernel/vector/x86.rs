//! The vector registers of x86-64: SSE2, AVX2 and AVX-512.

use core::arch::x86_64::{
    __m128, __m128d, __m256, __m256d, __m256i, __m512, __m512d, __mmask8, __mmask16, _mm_add_pd,
    _mm_add_ps, _mm_loadu_pd, _mm_loadu_ps, _mm_mul_pd, _mm_mul_ps, _mm_set1_pd, _mm_set1_ps,
    _mm_storeu_pd, _mm_storeu_ps, _mm_unpackhi_pd, _mm_unpackhi_ps, _mm_unpacklo_pd,
    _mm_unpacklo_ps, _mm256_add_pd, _mm256_add_ps, _mm256_fmadd_pd, _mm256_fmadd_ps,
    _mm256_loadu_pd, _mm256_loadu_ps, _mm256_loadu_si256, _mm256_maskload_pd, _mm256_maskload_ps,
    _mm256_maskstore_pd, _mm256_maskstore_ps, _mm256_permute2f128_pd, _mm256_permute2f128_ps,
    _mm256_set1_pd, _mm256_set1_ps, _mm256_storeu_pd, _mm256_storeu_ps, _mm256_unpackhi_pd,
    _mm256_unpackhi_ps, _mm256_unpacklo_pd, _mm256_unpacklo_ps, _mm512_add_pd, _mm512_add_ps,
    _mm512_fmadd_pd, _mm512_fmadd_ps, _mm512_loadu_pd, _mm512_loadu_ps, _mm512_mask_storeu_pd,
    _mm512_mask_storeu_ps, _mm512_maskz_loadu_pd, _mm512_maskz_loadu_ps, _mm512_permutex2var_pd,
    _mm512_permutex2var_ps, _mm512_set1_pd, _mm512_set1_ps, _mm512_setr_epi32, _mm512_setr_epi64,
    _mm512_storeu_pd, _mm512_storeu_ps,
};

use super::Vector;

/// Implements [`Vector`] by intrinsics that differ in their suffixes only.
macro_rules! vector {
    (
        $vector:ty, $element:ty, mask: $mask:ty, lanes: $lanes:literal, rows: $rows:literal, dot rows: $dot_rows:literal,
        $splat:ident, $load:ident, $store:ident, $add:ident, $mul_add:ident,
        mask($count:ident) $mask_of:block,
        load_first($from:ident, $load_mask:ident) $load_first:block,
        store_first($value:ident, $to:ident, $store_mask:ident) $store_first:block,
        zip($left:ident, $right:ident) $zip:block
    ) => {
        impl Vector for $vector {
            type Element = $element;
            type Mask = $mask;
            const LANES: usize = $lanes;
            const TILE_ROWS: usize = $rows;
            const DOT_ROWS: usize = $dot_rows;

            #[inline(always)]
            unsafe fn splat(value: $element) -> Self {
                // SAFETY: the caller vouches for the instructions.
                unsafe { $splat(value) }
            }

            #[inline(always)]
            unsafe fn load(from: *const $element) -> Self {
                // SAFETY: the caller vouches for the instructions and the elements.
                unsafe { $load(from) }
            }

            #[inline(always)]
            unsafe fn store(self, to: *mut $element) {
                // SAFETY: `self` is the proof of the instructions; the caller vouches for the elements.
                unsafe { $store(to, self) }
            }

            #[inline(always)]
            unsafe fn mask($count: usize) -> $mask {
                $mask_of
            }

            #[inline(always)]
            unsafe fn load_first($from: *const $element, $load_mask: $mask) -> Self {
                // SAFETY: the caller vouches for the instructions and the elements; the lanes outside the mask are not touched.
                unsafe { $load_first }
            }

            #[inline(always)]
            unsafe fn store_first(self, $to: *mut $element, $store_mask: $mask) {
                let $value = self;
                // SAFETY: `self` is the proof of the instructions; the caller vouches for the elements of the mask.
                unsafe { $store_first }
            }

            #[inline(always)]
            fn add(self, other: Self) -> Self {
                // SAFETY: `self` is the proof of the instructions.
                unsafe { $add(self, other) }
            }

            #[inline(always)]
            fn mul_add(self, b: Self, c: Self) -> Self {
                // SAFETY: `self` is the proof of the instructions.
                unsafe { $mul_add(self, b, c) }
            }

            #[inline(always)]
            fn zip(self, other: Self) -> (Self, Self) {
                let ($left, $right) = (self, other);
                // SAFETY: `self` is the proof of the instructions.
                unsafe { $zip }
            }
        }
    };
}

/// Sixteen ones and sixteen zeros: eight consecutive entries from `8 − count` on are a mask of AVX2.
static EDGE_32: [i32; 16] = [-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0];
/// The same in four lanes of 64 bits.
static EDGE_64: [i64; 8] = [-1, -1, -1, -1, 0, 0, 0, 0];

vector!(
    __m512, f32, mask: __mmask16, lanes: 16, rows: 8, dot rows: 4,
    _mm512_set1_ps, _mm512_loadu_ps, _mm512_storeu_ps, _mm512_add_ps, _mm512_fmadd_ps,
    mask(count) { ((1_u32 << count.min(16)) - 1) as __mmask16 },
    load_first(from, mask) { _mm512_maskz_loadu_ps(mask, from) },
    store_first(value, to, mask) { _mm512_mask_storeu_ps(to, mask, value) },
    zip(a, b) {
        let low = _mm512_setr_epi32(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
        let high = _mm512_setr_epi32(8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
        (_mm512_permutex2var_ps(a, low, b), _mm512_permutex2var_ps(a, high, b))
    }
);

vector!(
    __m512d, f64, mask: __mmask8, lanes: 8, rows: 8, dot rows: 4,
    _mm512_set1_pd, _mm512_loadu_pd, _mm512_storeu_pd, _mm512_add_pd, _mm512_fmadd_pd,
    mask(count) { ((1_u32 << count.min(8)) - 1) as __mmask8 },
    load_first(from, mask) { _mm512_maskz_loadu_pd(mask, from) },
    store_first(value, to, mask) { _mm512_mask_storeu_pd(to, mask, value) },
    zip(a, b) {
        let low = _mm512_setr_epi64(0, 8, 1, 9, 2, 10, 3, 11);
        let high = _mm512_setr_epi64(4, 12, 5, 13, 6, 14, 7, 15);
        (_mm512_permutex2var_pd(a, low, b), _mm512_permutex2var_pd(a, high, b))
    }
);

vector!(
    __m256, f32, mask: __m256i, lanes: 8, rows: 6, dot rows: 2,
    _mm256_set1_ps, _mm256_loadu_ps, _mm256_storeu_ps, _mm256_add_ps, _mm256_fmadd_ps,
    mask(count) {
        // SAFETY: the caller vouches for the instructions, and eight entries from one of the first nine on are in the table.
        unsafe { _mm256_loadu_si256(EDGE_32.as_ptr().add(8 - count.min(8)).cast()) }
    },
    load_first(from, mask) { _mm256_maskload_ps(from, mask) },
    store_first(value, to, mask) { _mm256_maskstore_ps(to, mask, value) },
    zip(a, b) {
        let (low, high) = (_mm256_unpacklo_ps(a, b), _mm256_unpackhi_ps(a, b));
        (_mm256_permute2f128_ps::<0x20>(low, high), _mm256_permute2f128_ps::<0x31>(low, high))
    }
);

vector!(
    __m256d, f64, mask: __m256i, lanes: 4, rows: 6, dot rows: 2,
    _mm256_set1_pd, _mm256_loadu_pd, _mm256_storeu_pd, _mm256_add_pd, _mm256_fmadd_pd,
    mask(count) {
        // SAFETY: the caller vouches for the instructions, and four entries from one of the first five on are in the table.
        unsafe { _mm256_loadu_si256(EDGE_64.as_ptr().add(4 - count.min(4)).cast()) }
    },
    load_first(from, mask) { _mm256_maskload_pd(from, mask) },
    store_first(value, to, mask) { _mm256_maskstore_pd(to, mask, value) },
    zip(a, b) {
        let (low, high) = (_mm256_unpacklo_pd(a, b), _mm256_unpackhi_pd(a, b));
        (_mm256_permute2f128_pd::<0x20>(low, high), _mm256_permute2f128_pd::<0x31>(low, high))
    }
);

/// `a·b + c` with two roundings.
#[inline]
#[target_feature(enable = "sse2")]
fn mul_add_ps(a: __m128, b: __m128, c: __m128) -> __m128 {
    _mm_add_ps(_mm_mul_ps(a, b), c)
}

/// `a·b + c` with two roundings.
#[inline]
#[target_feature(enable = "sse2")]
fn mul_add_pd(a: __m128d, b: __m128d, c: __m128d) -> __m128d {
    _mm_add_pd(_mm_mul_pd(a, b), c)
}

/// The first `count` of `L` elements, and zeros.
///
/// # Safety
/// `count` elements may be read at `from`, and `count` is at most `L`.
#[inline(always)]
unsafe fn some<T: Default + Copy, const L: usize>(from: *const T, count: usize) -> [T; L] {
    let mut lanes = [T::default(); L];
    for (j, lane) in lanes.iter_mut().enumerate() {
        if j < count {
            // SAFETY: the element is among those the caller vouches for.
            *lane = unsafe { *from.add(j) };
        }
    }
    lanes
}

/// Writes the first `count` lanes.
///
/// # Safety
/// `count` elements may be written at `to`.
#[inline(always)]
unsafe fn put_some<T, const L: usize>(lanes: [T; L], to: *mut T, count: usize) {
    for (j, lane) in lanes.into_iter().enumerate() {
        if j < count {
            // SAFETY: the element is among those the caller vouches for.
            unsafe { *to.add(j) = lane };
        }
    }
}

vector!(
    __m128, f32, mask: usize, lanes: 4, rows: 4, dot rows: 2,
    _mm_set1_ps, _mm_loadu_ps, _mm_storeu_ps, _mm_add_ps, mul_add_ps,
    mask(count) { count.min(4) },
    load_first(from, count) { _mm_loadu_ps(some::<f32, 4>(from, count).as_ptr()) },
    store_first(value, to, count) {
        let mut lanes = [0.0; 4];
        _mm_storeu_ps(lanes.as_mut_ptr(), value);
        put_some(lanes, to, count);
    },
    zip(a, b) { (_mm_unpacklo_ps(a, b), _mm_unpackhi_ps(a, b)) }
);

vector!(
    __m128d, f64, mask: usize, lanes: 2, rows: 4, dot rows: 2,
    _mm_set1_pd, _mm_loadu_pd, _mm_storeu_pd, _mm_add_pd, mul_add_pd,
    mask(count) { count.min(2) },
    load_first(from, count) { _mm_loadu_pd(some::<f64, 2>(from, count).as_ptr()) },
    store_first(value, to, count) {
        let mut lanes = [0.0; 2];
        _mm_storeu_pd(lanes.as_mut_ptr(), value);
        put_some(lanes, to, count);
    },
    zip(a, b) { (_mm_unpacklo_pd(a, b), _mm_unpackhi_pd(a, b)) }
);
