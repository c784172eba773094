/**
 * The protobuf form of objects: what Go programs send and ask for, made from the schema alone.
 *
 * <p>Beside JSON at step 1 and 3 of the flow. Pure functions without an owner thread; a reader or
 * writer lives as long as one message. Start at {@link io.kuber.schema.proto.ProtoCodec}.
 *
 * <p><b>Invariants:</b> no generated class is needed; input of any kind ends in an object or in a
 * {@link io.kuber.json.MalformedException}.
 */
@NullMarked
package io.kuber.schema.proto;

import org.jspecify.annotations.NullMarked;
