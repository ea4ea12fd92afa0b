;; The arithmetic of the vector index. Three memories:
;;   scratch  one thread's own: query, lists, results, marks (offsets come in as globals)
;;   graph    shared: a record a slot (drawn in layout.ts)
;;   exact    shared: what exact scores are computed from
;; Sums run over four lanes, which are added as (0 + 1) + (2 + 3): kernel.test.ts repeats them to the last bit.
(module
  (import "memory" "scratch" (memory $scratch 1))
  (import "memory" "graph" (memory $graph 1 65536 shared))
  (import "memory" "exact" (memory $exact 1 65536 shared))
  (import "layout" "width" (global $width i32))
  (import "layout" "stride" (global $stride i32))
  (import "layout" "exactStride" (global $exactStride i32))
  (import "layout" "links" (global $links i32))
  (import "layout" "query" (global $query i32))
  (import "layout" "list" (global $list i32))
  (import "layout" "out" (global $out i32))
  (import "layout" "kept" (global $kept i32))
  (import "layout" "marks" (global $marks i32))

  (func $sum_integers (param $v v128) (result f32)
    (f32.convert_i32_s
      (i32.add
        (i32.add (i32x4.extract_lane 0 (local.get $v)) (i32x4.extract_lane 1 (local.get $v)))
        (i32.add (i32x4.extract_lane 2 (local.get $v)) (i32x4.extract_lane 3 (local.get $v))))))

  (func $sum_floats (param $v v128) (result f32)
    (f32.add
      (f32.add (f32x4.extract_lane 0 (local.get $v)) (f32x4.extract_lane 1 (local.get $v)))
      (f32.add (f32x4.extract_lane 2 (local.get $v)) (f32x4.extract_lane 3 (local.get $v)))))

  ;; Query · codes of the record at $at, times its scale.
  (func $near (param $at i32) (result f32)
    (local $end i32) (local $q i32) (local $even v128) (local $odd v128)
    (local.set $end (i32.add (local.get $at) (global.get $width)))
    (loop $next
      (local.set $even (i32x4.add (local.get $even)
        (i32x4.dot_i16x8_s (v128.load8x8_s $graph (local.get $at)) (v128.load $scratch (local.get $q)))))
      (local.set $odd (i32x4.add (local.get $odd)
        (i32x4.dot_i16x8_s (v128.load8x8_s $graph offset=8 (local.get $at)) (v128.load $scratch offset=16 (local.get $q)))))
      (local.set $q (i32.add (local.get $q) (i32.const 32)))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $end))))
    (f32.mul
      (call $sum_integers (i32x4.add (local.get $even) (local.get $odd)))
      (f32.load $graph (local.get $end))))

  ;; Four records at a time: their reads from memory overlap.
  (func $near4 (param $entry i32) (param $result i32) (param $scale f32)
    (local $a i32) (local $b i32) (local $c i32) (local $d i32) (local $q i32) (local $end i32) (local $part v128)
    (local $va v128) (local $vb v128) (local $vc v128) (local $vd v128)
    (local.set $a (i32.mul (i32.load $scratch (local.get $entry)) (global.get $stride)))
    (local.set $b (i32.mul (i32.load $scratch offset=4 (local.get $entry)) (global.get $stride)))
    (local.set $c (i32.mul (i32.load $scratch offset=8 (local.get $entry)) (global.get $stride)))
    (local.set $d (i32.mul (i32.load $scratch offset=12 (local.get $entry)) (global.get $stride)))
    (local.set $end (i32.add (local.get $a) (global.get $width)))
    (loop $next
      (local.set $part (v128.load $scratch (local.get $q)))
      (local.set $va (i32x4.add (local.get $va) (i32x4.dot_i16x8_s (v128.load8x8_s $graph (local.get $a)) (local.get $part))))
      (local.set $vb (i32x4.add (local.get $vb) (i32x4.dot_i16x8_s (v128.load8x8_s $graph (local.get $b)) (local.get $part))))
      (local.set $vc (i32x4.add (local.get $vc) (i32x4.dot_i16x8_s (v128.load8x8_s $graph (local.get $c)) (local.get $part))))
      (local.set $vd (i32x4.add (local.get $vd) (i32x4.dot_i16x8_s (v128.load8x8_s $graph (local.get $d)) (local.get $part))))
      (local.set $q (i32.add (local.get $q) (i32.const 16)))
      (local.set $b (i32.add (local.get $b) (i32.const 8)))
      (local.set $c (i32.add (local.get $c) (i32.const 8)))
      (local.set $d (i32.add (local.get $d) (i32.const 8)))
      (br_if $next (i32.lt_u (local.tee $a (i32.add (local.get $a) (i32.const 8))) (local.get $end))))
    (f32.store $scratch (local.get $result)
      (f32.mul (f32.mul (call $sum_integers (local.get $va)) (f32.load $graph (local.get $a))) (local.get $scale)))
    (f32.store $scratch offset=4 (local.get $result)
      (f32.mul (f32.mul (call $sum_integers (local.get $vb)) (f32.load $graph (local.get $b))) (local.get $scale)))
    (f32.store $scratch offset=8 (local.get $result)
      (f32.mul (f32.mul (call $sum_integers (local.get $vc)) (f32.load $graph (local.get $c))) (local.get $scale)))
    (f32.store $scratch offset=12 (local.get $result)
      (f32.mul (f32.mul (call $sum_integers (local.get $vd)) (f32.load $graph (local.get $d))) (local.get $scale))))

  ;; out[i] = about the cosine of the query and slot list[i], for i below $count. $scale: of the query's components.
  (func $approximate (export "approximate") (param $count i32) (param $scale f32)
    (local $entry i32) (local $result i32) (local $end i32)
    (local.set $entry (global.get $list))
    (local.set $result (global.get $out))
    (local.set $end (i32.add (global.get $list) (i32.shl (i32.and (local.get $count) (i32.const -4)) (i32.const 2))))
    (block $fours_done
      (loop $fours
        (br_if $fours_done (i32.ge_u (local.get $entry) (local.get $end)))
        (call $near4 (local.get $entry) (local.get $result) (local.get $scale))
        (local.set $entry (i32.add (local.get $entry) (i32.const 16)))
        (local.set $result (i32.add (local.get $result) (i32.const 16)))
        (br $fours)))
    (local.set $end (i32.add (global.get $list) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (loop $ones
        (br_if $done (i32.ge_u (local.get $entry) (local.get $end)))
        (f32.store $scratch (local.get $result)
          (f32.mul
            (call $near (i32.mul (i32.load $scratch (local.get $entry)) (global.get $stride)))
            (local.get $scale)))
        (local.set $entry (i32.add (local.get $entry) (i32.const 4)))
        (local.set $result (i32.add (local.get $result) (i32.const 4)))
        (br $ones))))

  ;; Lists the neighbours of a slot on level 0 that lie below $limit and do not have the mark, marks them, and approximates
  ;; their cosines. Answers how many. Whatever a list that is being rewritten holds, nothing beyond the limit is touched.
  (func (export "expand") (param $slot i32) (param $limit i32) (param $mark i32) (param $scale f32) (result i32)
    (local $at i32) (local $end i32) (local $count i32) (local $neighbour i32) (local $entry i32)
    (local.set $at (i32.add (i32.mul (local.get $slot) (global.get $stride)) (global.get $width)))
    (local.set $count (i32.load $graph offset=24 (local.get $at)))
    (if (i32.gt_u (local.get $count) (global.get $links)) (then (local.set $count (global.get $links))))
    (local.set $end (i32.add (local.get $at) (i32.shl (local.get $count) (i32.const 2))))
    (local.set $entry (global.get $list))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $neighbour (i32.load $graph offset=28 (local.get $at)))
        (local.set $at (i32.add (local.get $at) (i32.const 4)))
        (br_if $next (i32.ge_u (local.get $neighbour) (local.get $limit)))
        (br_if $next (i32.eq
          (i32.load8_u $scratch (i32.add (global.get $marks) (local.get $neighbour))) (local.get $mark)))
        (i32.store8 $scratch (i32.add (global.get $marks) (local.get $neighbour)) (local.get $mark))
        (i32.store $scratch (local.get $entry) (local.get $neighbour))
        (local.set $entry (i32.add (local.get $entry) (i32.const 4)))
        (br $next)))
    (local.set $count (i32.shr_u (i32.sub (local.get $entry) (global.get $list)) (i32.const 2)))
    (call $approximate (local.get $count) (local.get $scale))
    (local.get $count))

  ;; Makes the codes of a slot the query; its scale is the slot's.
  (func (export "query_of") (param $slot i32)
    (local $at i32) (local $end i32) (local $q i32)
    (local.set $at (i32.mul (local.get $slot) (global.get $stride)))
    (local.set $end (i32.add (local.get $at) (global.get $width)))
    (loop $next
      (v128.store $scratch (local.get $q) (v128.load8x8_s $graph (local.get $at)))
      (local.set $q (i32.add (local.get $q) (i32.const 16)))
      (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 8))) (local.get $end)))))

  ;; 1 where none of the slots kept[0 … $count) is as near to the slot as $bound, else 0.
  (func (export "is_diverse") (param $slot i32) (param $count i32) (param $bound f32) (result i32)
    (local $start i32) (local $end i32) (local $a i32) (local $b i32) (local $kept i32) (local $last i32)
    (local $even v128) (local $odd v128) (local $scale f32)
    (local.set $start (i32.mul (local.get $slot) (global.get $stride)))
    (local.set $end (i32.add (local.get $start) (global.get $width)))
    (local.set $scale (f32.load $graph (local.get $end)))
    (local.set $kept (global.get $kept))
    (local.set $last (i32.add (global.get $kept) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (loop $each
        (br_if $done (i32.ge_u (local.get $kept) (local.get $last)))
        (local.set $a (local.get $start))
        (local.set $b (i32.mul (i32.load $scratch (local.get $kept)) (global.get $stride)))
        (local.set $even (v128.const i32x4 0 0 0 0))
        (local.set $odd (v128.const i32x4 0 0 0 0))
        (loop $next
          (local.set $even (i32x4.add (local.get $even)
            (i32x4.dot_i16x8_s (v128.load8x8_s $graph (local.get $a)) (v128.load8x8_s $graph (local.get $b)))))
          (local.set $odd (i32x4.add (local.get $odd)
            (i32x4.dot_i16x8_s (v128.load8x8_s $graph offset=8 (local.get $a)) (v128.load8x8_s $graph offset=8 (local.get $b)))))
          (local.set $b (i32.add (local.get $b) (i32.const 16)))
          (br_if $next (i32.lt_u (local.tee $a (i32.add (local.get $a) (i32.const 16))) (local.get $end))))
        (if (f32.ge
              (f32.mul
                (f32.mul (call $sum_integers (i32x4.add (local.get $even) (local.get $odd))) (f32.load $graph (local.get $b)))
                (local.get $scale))
              (local.get $bound))
          (then (return (i32.const 0))))
        (local.set $kept (i32.add (local.get $kept) (i32.const 4)))
        (br $each)))
    (i32.const 1))

  ;; out[i] = query (floats) · the half floats of slot list[i]. A half float becomes a float by moving sign, exponent and
  ;; fraction into place, and a factor of 2^112 that mends the exponent's bias. That is exact, also below 2^-14.
  (func (export "exact_f16") (param $count i32)
    (local $entry i32) (local $result i32) (local $end i32) (local $at i32) (local $last i32) (local $q i32)
    (local $even v128) (local $odd v128)
    (local.set $entry (global.get $list))
    (local.set $result (global.get $out))
    (local.set $end (i32.add (global.get $list) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (loop $each
        (br_if $done (i32.ge_u (local.get $entry) (local.get $end)))
        (local.set $at (i32.mul (i32.load $scratch (local.get $entry)) (global.get $exactStride)))
        (local.set $last (i32.add (local.get $at) (global.get $exactStride)))
        (local.set $q (global.get $query))
        (local.set $even (v128.const i32x4 0 0 0 0))
        (local.set $odd (v128.const i32x4 0 0 0 0))
        (loop $next
          (local.set $even (f32x4.add (local.get $even) (f32x4.mul
            (f32x4.mul
              (v128.and
                (i32x4.shl (v128.load16x4_s $exact (local.get $at)) (i32.const 13))
                (v128.const i32x4 0x8fffe000 0x8fffe000 0x8fffe000 0x8fffe000))
              (v128.const i32x4 0x77800000 0x77800000 0x77800000 0x77800000))
            (v128.load $scratch (local.get $q)))))
          (local.set $odd (f32x4.add (local.get $odd) (f32x4.mul
            (f32x4.mul
              (v128.and
                (i32x4.shl (v128.load16x4_s $exact offset=8 (local.get $at)) (i32.const 13))
                (v128.const i32x4 0x8fffe000 0x8fffe000 0x8fffe000 0x8fffe000))
              (v128.const i32x4 0x77800000 0x77800000 0x77800000 0x77800000))
            (v128.load $scratch offset=16 (local.get $q)))))
          (local.set $q (i32.add (local.get $q) (i32.const 32)))
          (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 16))) (local.get $last))))
        (f32.store $scratch (local.get $result) (call $sum_floats (f32x4.add (local.get $even) (local.get $odd))))
        (local.set $entry (i32.add (local.get $entry) (i32.const 4)))
        (local.set $result (i32.add (local.get $result) (i32.const 4)))
        (br $each))))

  ;; Four signed bytes of eight 16-bit ones, as floats.
  (func $low (param $v v128) (result v128) (f32x4.convert_i32x4_s (i32x4.extend_low_i16x8_s (local.get $v))))
  (func $high (param $v v128) (result v128) (f32x4.convert_i32x4_s (i32x4.extend_high_i16x8_s (local.get $v))))

  ;; out[i] = query (floats) · (codes + parts / 254) · scale of slot list[i].
  (func (export "exact_i8") (param $count i32)
    (local $entry i32) (local $result i32) (local $end i32) (local $code i32) (local $part i32) (local $last i32) (local $q i32)
    (local $codes v128) (local $parts v128) (local $whole v128) (local $rest v128) (local $even v128) (local $odd v128)
    (local.set $entry (global.get $list))
    (local.set $result (global.get $out))
    (local.set $end (i32.add (global.get $list) (i32.shl (local.get $count) (i32.const 2))))
    (block $done
      (loop $each
        (br_if $done (i32.ge_u (local.get $entry) (local.get $end)))
        (local.set $code (i32.mul (i32.load $scratch (local.get $entry)) (global.get $stride)))
        (local.set $part (i32.mul (i32.load $scratch (local.get $entry)) (global.get $exactStride)))
        (local.set $last (i32.add (local.get $code) (global.get $width)))
        (local.set $q (global.get $query))
        (local.set $whole (v128.const i32x4 0 0 0 0))
        (local.set $rest (v128.const i32x4 0 0 0 0))
        (loop $next
          (local.set $codes (v128.load8x8_s $graph (local.get $code)))
          (local.set $parts (v128.load8x8_s $exact (local.get $part)))
          (local.set $even (v128.load $scratch (local.get $q)))
          (local.set $odd (v128.load $scratch offset=16 (local.get $q)))
          (local.set $whole (f32x4.add (local.get $whole) (f32x4.add
            (f32x4.mul (call $low (local.get $codes)) (local.get $even))
            (f32x4.mul (call $high (local.get $codes)) (local.get $odd)))))
          (local.set $rest (f32x4.add (local.get $rest) (f32x4.add
            (f32x4.mul (call $low (local.get $parts)) (local.get $even))
            (f32x4.mul (call $high (local.get $parts)) (local.get $odd)))))
          (local.set $q (i32.add (local.get $q) (i32.const 32)))
          (local.set $part (i32.add (local.get $part) (i32.const 8)))
          (br_if $next (i32.lt_u (local.tee $code (i32.add (local.get $code) (i32.const 8))) (local.get $last))))
        (f32.store $scratch (local.get $result)
          (f32.mul
            (f32.add
              (call $sum_floats (local.get $whole))
              (f32.div (call $sum_floats (local.get $rest)) (f32.const 254)))
            (f32.load $graph (local.get $last))))
        (local.set $entry (i32.add (local.get $entry) (i32.const 4)))
        (local.set $result (i32.add (local.get $result) (i32.const 4)))
        (br $each)))))
