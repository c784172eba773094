package io.kuber.schema;

/**
 * What the value of a field may be: a {@link Scalar}, a {@link Listed list}, a {@link Mapped map}
 * or an object of a {@link TypeSchema type}.
 */
public sealed interface Shape permits Scalar, Listed, Mapped, TypeSchema {}
