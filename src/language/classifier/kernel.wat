;; The sums that scoring and training are made of. `npm run kernel` turns this file into kernel.wasm.
(module
  (memory (export "memory") 1)

  ;; sums[0..count) += word[0..count), floats at byte addresses; count is a multiple of four
  (func (export "addWord") (param $sums i32) (param $word i32) (param $count i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $sums) (i32.shl (local.get $count) (i32.const 2))))
    (loop $next
      (v128.store (local.get $sums)
        (f32x4.add (v128.load (local.get $sums)) (v128.load (local.get $word))))
      (local.set $word (i32.add (local.get $word) (i32.const 16)))
      (local.set $sums (i32.add (local.get $sums) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $sums) (local.get $end)))))

  ;; sums[0..count) += scale × row[0..count), a row of signed bytes; count is a multiple of eight
  (func (export "addRow") (param $sums i32) (param $row i32) (param $count i32) (param $scale f32)
    (local $end i32) (local $eight v128) (local $times v128)
    (local.set $times (f32x4.splat (local.get $scale)))
    (local.set $end (i32.add (local.get $sums) (i32.shl (local.get $count) (i32.const 2))))
    (loop $next
      (local.set $eight (v128.load8x8_s (local.get $row)))
      (v128.store (local.get $sums)
        (f32x4.add (v128.load (local.get $sums))
          (f32x4.mul (local.get $times)
            (f32x4.convert_i32x4_s (i32x4.extend_low_i16x8_s (local.get $eight))))))
      (v128.store offset=16 (local.get $sums)
        (f32x4.add (v128.load offset=16 (local.get $sums))
          (f32x4.mul (local.get $times)
            (f32x4.convert_i32x4_s (i32x4.extend_high_i16x8_s (local.get $eight))))))
      (local.set $row (i32.add (local.get $row) (i32.const 8)))
      (local.set $sums (i32.add (local.get $sums) (i32.const 32)))
      (br_if $next (i32.lt_u (local.get $sums) (local.get $end)))))

  ;; the product of a sparse row, numbers and values of its entries, with weights: Σ value × weights[index]
  (func (export "product") (param $index i32) (param $value i32) (param $count i32) (param $weights i32) (result f64)
    (local $end i32) (local $sum f64)
    (local.set $end (i32.add (local.get $index) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (br_if $done (i32.eqz (local.get $count)))
      (loop $next
        (local.set $sum
          (f64.add (local.get $sum)
            (f64.promote_f32
              (f32.mul
                (f32.load (local.get $value))
                (f32.load
                  (i32.add (local.get $weights) (i32.shl (i32.load (local.get $index)) (i32.const 2))))))))
        (local.set $value (i32.add (local.get $value) (i32.const 4)))
        (local.set $index (i32.add (local.get $index) (i32.const 4)))
        (br_if $next (i32.lt_u (local.get $index) (local.get $end)))))
    (local.get $sum))

  ;; weights[index] += step × value, for every entry of a sparse row
  (func (export "addSparse") (param $index i32) (param $value i32) (param $count i32) (param $weights i32) (param $step f32)
    (local $end i32) (local $place i32)
    (local.set $end (i32.add (local.get $index) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (br_if $done (i32.eqz (local.get $count)))
      (loop $next
        (local.set $place
          (i32.add (local.get $weights) (i32.shl (i32.load (local.get $index)) (i32.const 2))))
        (f32.store (local.get $place)
          (f32.add (f32.load (local.get $place)) (f32.mul (local.get $step) (f32.load (local.get $value)))))
        (local.set $value (i32.add (local.get $value) (i32.const 4)))
        (local.set $index (i32.add (local.get $index) (i32.const 4)))
        (br_if $next (i32.lt_u (local.get $index) (local.get $end)))))))
