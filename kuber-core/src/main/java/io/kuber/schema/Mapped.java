package io.kuber.schema;

/**
 * A map from text.
 *
 * @param value what each value is
 */
public record Mapped(Shape value) implements Shape {}
