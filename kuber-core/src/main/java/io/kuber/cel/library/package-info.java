/**
 * The functions that expressions may call: those of CEL itself, and those that Kubernetes adds.
 *
 * <p>A library is a class with a list of {@link io.kuber.cel.library.Overload}s: a name, the types
 * in a short text, and a body. {@link io.kuber.cel.library.Functions} lists the libraries; what
 * they cost stands in {@link io.kuber.cel.library.CallCost}. The parser and checker are unknown
 * here: {@code io.kuber.cel} translates the types for them. Everything is immutable and may be used
 * by any thread. Start at {@link io.kuber.cel.library.Functions}.
 *
 * <p><b>Invariant:</b> regular expressions run on RE2J, in time linear to the text.
 */
@NullMarked
package io.kuber.cel.library;

import org.jspecify.annotations.NullMarked;
