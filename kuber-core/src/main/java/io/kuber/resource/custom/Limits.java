package io.kuber.resource.custom;

import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a schema demands of a value besides its type; null where it demands nothing.
 *
 * @param format of a text, as kube-openapi names it; empty where any will do
 * @param pattern of a text, matched anywhere in it in time linear to its length
 * @param exclusiveMaximum whether the maximum itself is too much
 * @param exclusiveMinimum whether the minimum itself is too little
 * @param isUnique whether no two elements may be equal
 * @param allowed all values there are; null where any will do
 * @param required fields that have to be there
 */
public record Limits(
    String format,
    @Nullable Pattern pattern,
    @Nullable Long maxLength,
    @Nullable Long minLength,
    @Nullable BigDecimal maximum,
    boolean exclusiveMaximum,
    @Nullable BigDecimal minimum,
    boolean exclusiveMinimum,
    @Nullable BigDecimal multipleOf,
    @Nullable Long maxItems,
    @Nullable Long minItems,
    boolean isUnique,
    @Nullable Long maxProperties,
    @Nullable Long minProperties,
    @Nullable List<Object> allowed,
    List<String> required) {
  /** Copies the lists. */
  public Limits {
    allowed = allowed == null ? null : List.copyOf(allowed);
    required = List.copyOf(required);
  }
}
