package dev.vidimus.lineage.derive;

/// Why a verdict is what it is; the codes of the output.
public enum Reason {
  /// Names, types, shapes and bytes are equal.
  BIT_EXACT,
  /// Every value is the one that rounding to the nearest gives.
  CAST_EXACT,
  /// Every block is one that the quantizer would make.
  QUANT_WITHIN_BOUND,
  /// Base plus adapter, as near as the rounding of the sums allows.
  LORA_WITHIN_BOUND,
  /// The mean, interpolation or selection that was claimed, within rounding.
  MERGE_WITHIN_BOUND,
  /// Trained from the base: statistics, not proof.
  DERIVED,
  /// Old rows are bit equal, new ones follow.
  ROWS_APPENDED,
  /// The layers that are left are bit equal under the new numbers.
  LAYERS_DROPPED,
  /// Values differ.
  TENSOR_VALUE,
  /// A tensor has the bytes of another name.
  TENSOR_NAME,
  /// A tensor is there that the source has not.
  TENSOR_EXTRA,
  /// A tensor of the source is missing.
  TENSOR_MISSING,
  /// Another shape than the source asks for.
  TENSOR_SHAPE,
  /// Another element type than the claim.
  TENSOR_TYPE,
  /// Tied weights that are not equal.
  TIE_BROKEN,
  /// Rows stand in an order that the target format does not have.
  PERMUTATION,
  /// Made from something else than the claimed source.
  WRONG_SOURCE,
  /// The adapter was merged with another scale.
  SCALE_MISMATCH,
  /// A tensor changed that the claim leaves alone.
  UNTOUCHED_TENSOR_CHANGED,
  /// Weights of matrices that have nothing to do with the base.
  NOT_DERIVED,
  /// Similar enough to share an origin, not enough for an ordinary fine-tune.
  WEAKLY_DERIVED,
  /// A row moved much further than its neighbours.
  ROW_OUTLIER,
  /// A matrix changed by a product of thin ones, and its like in other layers did not.
  LOW_RANK_EDIT,
  /// The parents were mixed by other weights.
  MERGE_WEIGHTS,
  /// Scales of blocks waste accuracy as no quantizer does.
  SCALE_ENERGY,
  /// Not a number, or infinite, where no quantizer or trainer leaves one.
  NOT_FINITE,
  /// The same function under another order of hidden units.
  PERMUTED_UNITS,
  /// A random choice was part of it, whose seed nobody recorded: every value is one it may take.
  SUPPORT_ONLY,
  /// Names or layout of this architecture are not known here.
  UNSUPPORTED_ARCHITECTURE,
  /// Values of this element type are not recomputed here.
  UNSUPPORTED_TYPE,
  /// This kind of adapter is not recomputed here.
  UNSUPPORTED_ADAPTER,
  /// This way of merging is not recomputed here.
  UNSUPPORTED_METHOD,
  /// A parameter is missing, or makes no sense.
  BAD_PARAMETERS,
  /// A file breaks its format or could not be read.
  UNREADABLE,
  /// No relation fits.
  NO_RELATION
}
