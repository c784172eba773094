package io.kuber.scheduler.state;

import io.kuber.object.Quantity;
import io.kuber.object.Tree;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongBinaryOperator;

/**
 * Amounts of resources.
 *
 * @param milliCpu thousandths of a CPU
 * @param memory bytes
 * @param ephemeral bytes of ephemeral storage
 * @param others extended resources and huge pages by name
 */
public record Amounts(long milliCpu, long memory, long ephemeral, Map<String, Long> others) {
  /** None of anything. */
  public static final Amounts NONE = new Amounts(0, 0, 0, Map.of());

  /** Copies the map where it holds something. */
  public Amounts {
    others = others.isEmpty() ? Map.of() : Map.copyOf(others);
  }

  /** The amounts of a resource list, such as {@code requests}; pods are not counted here. */
  public static Amounts of(Tree list) {
    Map<String, Long> others = new TreeMap<>();
    long[] known = new long[3];
    list.forEach(
        (name, value) -> {
          switch (name) {
            case "cpu" -> known[0] = Quantity.of(value).milliValue();
            case "memory" -> known[1] = Quantity.of(value).value();
            case "ephemeral-storage" -> known[2] = Quantity.of(value).value();
            case "pods" -> {}
            default -> others.put(name, Quantity.of(value).value());
          }
        });
    return new Amounts(known[0], known[1], known[2], others);
  }

  /** These and those together. */
  public Amounts plus(Amounts more) {
    return combine(more, Long::sum);
  }

  /** These without those. */
  public Amounts minus(Amounts less) {
    return combine(less, (here, there) -> here - there);
  }

  /** These with other amounts of the resources that are named. */
  Amounts with(Map<String, Long> replaced) {
    Map<String, Long> changed = new TreeMap<>(others);
    changed.putAll(replaced);
    return new Amounts(milliCpu, memory, ephemeral, changed);
  }

  /** The larger of each. */
  public Amounts max(Amounts other) {
    return combine(other, Math::max);
  }

  /** How much of a resource there is, by its name; CPUs in thousandths. */
  public long of(String resource) {
    return switch (resource) {
      case "cpu" -> milliCpu;
      case "memory" -> memory;
      case "ephemeral-storage" -> ephemeral;
      default -> others.getOrDefault(resource, 0L);
    };
  }

  /** Whether nothing is asked for. */
  public boolean isNone() {
    return milliCpu == 0 && memory == 0 && ephemeral == 0 && others.isEmpty();
  }

  private Amounts combine(Amounts other, LongBinaryOperator with) {
    Map<String, Long> combined = others;
    if (!other.others.isEmpty()) {
      combined = new TreeMap<>(others);
      for (Map.Entry<String, Long> entry : other.others.entrySet()) {
        long here = combined.getOrDefault(entry.getKey(), 0L);
        combined.put(entry.getKey(), with.applyAsLong(here, entry.getValue()));
      }
    }
    return new Amounts(
        with.applyAsLong(milliCpu, other.milliCpu),
        with.applyAsLong(memory, other.memory),
        with.applyAsLong(ephemeral, other.ephemeral),
        combined);
  }
}
