package io.kuber.quota;

import com.google.common.collect.ImmutableSortedMap;
import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * How much of what.
 *
 * @param byName such as {@code requests.cpu}, in the order of the names
 */
public record ResourceAmounts(ImmutableSortedMap<String, Quantity> byName) {
  /** Nothing of anything. */
  public static final ResourceAmounts NONE = new ResourceAmounts(ImmutableSortedMap.of());

  /** The amounts of a tree such as {@code spec.hard}; what is no quantity is left out. */
  public static ResourceAmounts of(Tree tree) {
    Map<String, Quantity> amounts = new TreeMap<>();
    tree.forEach(
        (name, value) -> {
          try {
            amounts.put(name, Quantity.of(value));
          } catch (IllegalArgumentException refusedByValidation) {
            amounts.remove(name);
          }
        });
    return of(amounts);
  }

  static ResourceAmounts of(Map<String, Quantity> amounts) {
    return new ResourceAmounts(ImmutableSortedMap.copyOf(amounts));
  }

  /** Nothing of all that the other names. */
  public static ResourceAmounts zeros(ResourceAmounts other) {
    Map<String, Quantity> zeros = new TreeMap<>();
    other.byName.keySet().forEach(name -> zeros.put(name, Quantity.ZERO));
    return of(zeros);
  }

  static ResourceAmounts one(String name) {
    return new ResourceAmounts(ImmutableSortedMap.of(name, Quantity.of(1)));
  }

  /** How much of one thing; zero when it is not named. */
  public Quantity of(String name) {
    return byName.getOrDefault(name, Quantity.ZERO);
  }

  /** Whether it is named, be it with zero. */
  public boolean has(String name) {
    return byName.containsKey(name);
  }

  /** Both together. */
  public ResourceAmounts plus(ResourceAmounts other) {
    return merged(other, Quantity::plus);
  }

  /** Of each thing the larger amount. */
  public ResourceAmounts max(ResourceAmounts other) {
    return merged(other, (one, two) -> one.compareTo(two) < 0 ? two : one);
  }

  private ResourceAmounts merged(ResourceAmounts other, BinaryOperator<Quantity> how) {
    Map<String, Quantity> merged = new TreeMap<>(byName);
    other.byName.forEach((name, amount) -> merged.merge(name, amount, how));
    return of(merged);
  }

  /** What this is more than the other; what is not more is left out. */
  public ResourceAmounts above(ResourceAmounts other) {
    Map<String, Quantity> more = new TreeMap<>();
    byName.forEach((name, amount) -> more.put(name, amount.minus(other.of(name))));
    more.values().removeIf(amount -> amount.signum() <= 0);
    return of(more);
  }

  /** The amounts of those names alone. */
  public ResourceAmounts only(Predicate<String> names) {
    Map<String, Quantity> some = new TreeMap<>(byName);
    some.keySet().removeIf(names.negate());
    return of(some);
  }

  /** Whether nothing is named. */
  public boolean isEmpty() {
    return byName.isEmpty();
  }

  /** The amounts as a status carries them. */
  public Tree toTree() {
    Tree.Builder tree = Tree.builder();
    byName.forEach((name, amount) -> tree.put(name, amount.toString()));
    return tree.build();
  }

  /** {@code cpu=1,memory=1Gi}, as refusals say it. */
  @Override
  public String toString() {
    return byName.entrySet().stream()
        .map(amount -> amount.getKey() + "=" + amount.getValue())
        .collect(Collectors.joining(","));
  }
}
