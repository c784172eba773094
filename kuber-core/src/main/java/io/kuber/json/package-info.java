/**
 * JSON, YAML and protobuf to and from the object model; the only package that knows the parser.
 *
 * <p>Pure functions without an owner thread. Start at {@link io.kuber.json.Json}.
 *
 * <p><b>Invariants:</b> printing what was parsed gives the same values (integers of 64 bits stay
 * exact, unknown fields stay); input of any kind ends in a value or in a {@link
 * io.kuber.json.MalformedException} that says where it is wrong.
 */
@NullMarked
package io.kuber.json;

import org.jspecify.annotations.NullMarked;
