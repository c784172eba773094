/**
 * An operator as people write them, on the Java Operator SDK and fabric8's client as they are, and
 * the server that it works for. The framework brings the version of the client that it was built
 * with; that is why it is here and not beside the other clients, which use a newer one. Start at
 * {@link io.kuber.operator.OperatorTest}.
 */
@NullMarked
package io.kuber.operator;

import org.jspecify.annotations.NullMarked;
