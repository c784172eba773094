package io.kuber.cel;

import io.kuber.cel.library.CallCost;
import io.kuber.cel.library.Overload;
import io.kuber.cel.library.Overload.Body;
import io.kuber.cel.value.CelFailure;
import io.kuber.cel.value.Equality;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kinds of steps there are, each charging what cel-go's cost tracker charges for it. */
final class Steps {
  private static final long IDENT_OR_SELECT = 1;
  private static final long LIST = 10;
  private static final long MAP = 30;
  private static final long STRUCT = 40;

  private Steps() {}

  static Step constant(Object value) {
    return frame -> value;
  }

  static Step variable(int slot, String name) {
    return frame -> {
      frame.meter().charge(IDENT_OR_SELECT);
      return frame.get(slot, name);
    };
  }

  static Step select(Step operand, String field) {
    return frame -> {
      Object container = operand.run(frame);
      frame.meter().charge(IDENT_OR_SELECT);
      if (container instanceof Optional<?> optional) {
        return optional.map(inner -> found(inner, field)).map(Object.class::cast);
      }
      Object value = found(container, field);
      if (value == null) {
        throw CelFailure.noSuchKey(field);
      }
      return value;
    };
  }

  /** {@code has(a.b)}, which costs nothing itself. */
  static Step test(Step operand, String field) {
    return frame -> {
      Object container = operand.run(frame);
      return container instanceof Optional<?> optional
          ? optional.map(inner -> found(inner, field)).isPresent()
          : found(container, field) != null;
    };
  }

  private static @Nullable Object found(Object container, String field) {
    if (container instanceof Map<?, ?> map) {
      return Equality.find(map, field);
    }
    throw CelFailure.noSuchOverload();
  }

  /** {@code a && b} and {@code a || b}: one side that decides hides a failure of the other. */
  static Step logical(Step left, Step right, boolean deciding) {
    return frame -> {
      Object one = claimOrFailure(left, frame);
      if (one instanceof Boolean claim && claim == deciding) {
        return deciding;
      }
      Object other = claimOrFailure(right, frame);
      if (other instanceof Boolean claim && claim == deciding) {
        return deciding;
      }
      if (one instanceof CelFailure failure) {
        throw failure;
      }
      if (other instanceof CelFailure failure) {
        throw failure;
      }
      return !deciding;
    };
  }

  private static Object claimOrFailure(Step step, Frame frame) {
    try {
      Object value = step.run(frame);
      return value instanceof Boolean ? value : CelFailure.noSuchOverload();
    } catch (CelFailure failure) {
      return failure;
    }
  }

  static Step conditional(Step condition, Step then, Step otherwise) {
    return frame -> {
      if (condition.run(frame) instanceof Boolean claim) {
        return (claim ? then : otherwise).run(frame);
      }
      throw CelFailure.noSuchOverload();
    };
  }

  /** What folds go on with: anything but a plain false, failures included. */
  static Step notStrictlyFalse(Step step) {
    return frame -> {
      frame.meter().charge(1);
      return !Boolean.FALSE.equals(claimOrFailure(step, frame));
    };
  }

  /** {@code a.or(b)} and {@code a.orValue(b)}: b is looked at only if a is absent. */
  static Step otherwise(Step first, Step second, boolean unwrap) {
    return frame -> {
      if (!(first.run(frame) instanceof Optional<?> optional)) {
        throw CelFailure.noSuchOverload();
      }
      frame.meter().charge(1);
      if (optional.isPresent()) {
        return unwrap ? optional.get() : optional;
      }
      return second.run(frame);
    };
  }

  static Step call(Body body, CallCost cost, List<Step> arguments) {
    Step[] steps = arguments.toArray(Step[]::new);
    return frame -> {
      Object[] values = run(steps, frame);
      Object result = body.apply(values, frame.meter());
      frame.meter().charge(cost.of(values, result));
      return result;
    };
  }

  /** The function whose types fit what the arguments turn out to be. */
  static Body chosen(List<Overload> overloads, @Nullable Body standard) {
    return (arguments, meter) -> {
      for (Overload overload : overloads) {
        if (overload.accepts(arguments)) {
          return overload.body().apply(arguments, meter);
        }
      }
      if (standard == null) {
        throw CelFailure.noSuchOverload();
      }
      return standard.apply(arguments, meter);
    };
  }

  private static Object[] run(Step[] steps, Frame frame) {
    Object[] values = new Object[steps.length];
    for (int i = 0; i < steps.length; i++) {
      values[i] = steps[i].run(frame);
    }
    return values;
  }

  /** A list; items at the optional places are left out when they are absent. */
  static Step list(List<Step> items, List<Integer> optional) {
    Step[] steps = items.toArray(Step[]::new);
    return frame -> {
      List<Object> list = new ArrayList<>(steps.length);
      for (int i = 0; i < steps.length; i++) {
        Object value = steps[i].run(frame);
        if (!optional.contains(i)) {
          list.add(value);
        } else if (value instanceof Optional<?> maybe) {
          maybe.ifPresent(list::add);
        } else {
          throw CelFailure.noSuchOverload();
        }
      }
      frame.meter().charge(LIST);
      return list;
    };
  }

  /** An entry that a map or an object is made with. */
  record Entry(Step key, Step value, boolean isOptional) {}

  static Step map(List<Entry> entries) {
    return entries(entries, MAP);
  }

  static Step struct(List<Entry> entries) {
    return entries(entries, STRUCT);
  }

  private static Step entries(List<Entry> entries, long cost) {
    return frame -> {
      Map<Object, Object> map = new LinkedHashMap<>();
      for (Entry entry : entries) {
        Object key = entry.key().run(frame);
        Object value = entry.value().run(frame);
        if (entry.isOptional()) {
          if (!(value instanceof Optional<?> maybe)) {
            throw CelFailure.noSuchOverload();
          }
          maybe.ifPresent(present -> put(map, key, present));
        } else {
          put(map, key, value);
        }
      }
      frame.meter().charge(cost);
      return map;
    };
  }

  private static void put(Map<Object, Object> map, Object key, Object value) {
    if (map.put(key, value) != null) {
      throw new CelFailure("Failed with repeated key: " + key);
    }
  }
}
