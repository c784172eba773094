package io.kuber.reconcile;

import io.kuber.object.KubeObject;
import io.kuber.object.OwnerReference;
import io.kuber.resource.ResourceType;
import io.kuber.selector.LabelSelector;
import io.kuber.store.Key;
import io.kuber.view.View;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Which keys a change concerns.
 *
 * @param resource the qualified name of the resource whose changes count; empty for all resources
 * @param keys hands the keys over
 */
public record Trigger(String resource, Keys keys) {
  /** Names the keys that a change concerns. */
  @FunctionalInterface
  public interface Keys {
    /** Hands every key to {@code sink}; the view already contains the change. */
    void of(Change change, View view, Consumer<Key> sink);
  }

  /** Whatever {@code keys} says about changes of one resource. */
  public static Trigger on(ResourceType type, Keys keys) {
    return new Trigger(type.qualifiedName(), keys);
  }

  /** Whatever {@code keys} says about any change. */
  public static Trigger onAll(Keys keys) {
    return new Trigger("", keys);
  }

  /** The changed object itself. */
  public static Trigger itself(ResourceType type) {
    return on(type, (change, view, sink) -> sink.accept(change.key()));
  }

  /** The controllers of the changed object, before and after, that are of the given kind. */
  public static Trigger controllerOf(ResourceType type, ResourceType owner) {
    return on(
        type,
        (change, view, sink) -> {
          for (KubeObject state : change.states()) {
            state
                .controller()
                .filter(reference -> isOf(owner, reference))
                .ifPresent(
                    reference -> sink.accept(owner.key(state.namespace(), reference.name())));
          }
        });
  }

  /** The owners whose selectors match the changed object when nobody controls it. */
  public static Trigger adopters(
      ResourceType type, ResourceType owner, Function<KubeObject, LabelSelector> selectorOf) {
    return on(
        type,
        (change, view, sink) -> {
          KubeObject object = change.after();
          if (change.isDeletion() || object.controller().isPresent()) {
            return;
          }
          for (KubeObject candidate : view.list(owner, object.namespace())) {
            if (selectorOf.apply(candidate).matches(object.metadata().tree("labels"))) {
              sink.accept(owner.keyOf(candidate));
            }
          }
        });
  }

  private static boolean isOf(ResourceType type, OwnerReference reference) {
    return reference.kind().equals(type.kind())
        && reference.apiVersion().startsWith(type.group().isEmpty() ? "v" : type.group() + "/");
  }

  boolean concerns(Key key) {
    return resource.isEmpty() || resource.equals(key.resource());
  }
}
