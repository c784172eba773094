package io.kuber.cel;

import io.kuber.cel.value.CelFailure;
import java.util.List;
import java.util.Map;

/**
 * A comprehension: goes through a list or a map and builds a value up. A failure of one turn stays
 * in the accumulator, and a later turn may still decide.
 *
 * @param range what is gone through
 * @param first where the item stands, or the key or place if there is a second
 * @param second where the value stands; -1 where there is one variable only
 * @param accumulator where the value stands that is built up
 * @param start its first value
 * @param condition ends the fold when it is false
 * @param turn the next value
 * @param result what the fold is worth
 */
record Fold(
    Step range,
    int first,
    int second,
    int accumulator,
    Step start,
    Step condition,
    Step turn,
    Step result)
    implements Step {

  @Override
  public Object run(Frame frame) {
    Object container = range.run(frame);
    frame.set(accumulator, valueOrFailure(start, frame));
    if (container instanceof List<?> list) {
      through(list, frame);
    } else if (container instanceof Map<?, ?> map) {
      through(map, frame);
    } else {
      throw CelFailure.noSuchOverload();
    }
    return result.run(frame);
  }

  private void through(List<?> list, Frame frame) {
    long place = 0;
    for (Object item : list) {
      frame.set(first, second < 0 ? item : (Object) place);
      if (second >= 0) {
        frame.set(second, item);
      }
      if (!goesOn(frame)) {
        return;
      }
      place++;
    }
  }

  private void through(Map<?, ?> map, Frame frame) {
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      frame.set(first, entry.getKey());
      if (second >= 0) {
        frame.set(second, entry.getValue());
      }
      if (!goesOn(frame)) {
        return;
      }
    }
  }

  private boolean goesOn(Frame frame) {
    frame.meter().work(1);
    if (!Boolean.TRUE.equals(condition.run(frame))) {
      return false;
    }
    frame.set(accumulator, valueOrFailure(turn, frame));
    return true;
  }

  private static Object valueOrFailure(Step step, Frame frame) {
    try {
      return step.run(frame);
    } catch (CelFailure failure) {
      return failure;
    }
  }
}
