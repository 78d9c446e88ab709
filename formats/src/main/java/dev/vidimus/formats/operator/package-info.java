/// Reads which operators the graphs of smaller runtimes name: Core ML, Paddle, Caffe, ExecuTorch.
///
/// Each reader goes through a file once and tells an [OperatorListener].
@NullMarked
package dev.vidimus.formats.operator;

import org.jspecify.annotations.NullMarked;
