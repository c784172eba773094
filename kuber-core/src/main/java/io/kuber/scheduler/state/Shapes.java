package io.kuber.scheduler.state;

import io.kuber.object.KubeObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One shape for equal pods, as long as there is one of them. Holds at most one entry per pod. Owned
 * by the scheduler's loop.
 */
final class Shapes {
  private static final class Use {
    final List<Object> signature;
    int pods;

    Use(List<Object> signature) {
      this.signature = signature;
    }
  }

  private final Map<List<Object>, PodShape> shapes = new HashMap<>();
  private final Map<PodShape, Use> uses = new HashMap<>();
  private final Consumer<PodShape> made;
  private final Consumer<PodShape> forgotten;

  /** Tells of each shape when it comes to be, and when its last pod is gone. */
  Shapes(Consumer<PodShape> made, Consumer<PodShape> forgotten) {
    this.made = made;
    this.forgotten = forgotten;
  }

  /** The shape of a pod, which is kept until it is released as often. */
  PodShape hold(KubeObject pod) {
    List<Object> signature = PodShape.signature(pod);
    PodShape shape = shapes.get(signature);
    if (shape == null) {
      shape = new PodShape(pod);
      shapes.put(signature, shape);
      uses.put(shape, new Use(signature));
      made.accept(shape);
    }
    use(shape).pods++;
    return shape;
  }

  void release(PodShape shape) {
    Use use = use(shape);
    if (--use.pods == 0) {
      shapes.remove(use.signature);
      uses.remove(shape);
      forgotten.accept(shape);
    }
  }

  private Use use(PodShape shape) {
    Use use = uses.get(shape);
    if (use == null) {
      throw new IllegalStateException("a shape is used that nobody holds");
    }
    return use;
  }
}
