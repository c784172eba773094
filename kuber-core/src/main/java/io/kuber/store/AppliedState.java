package io.kuber.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest image of this process, and those who want to know about every change of it.
 *
 * <p>Changed by one thread at a time; the monitor orders changes and subscriptions, so that a
 * subscriber misses nothing between the image it starts from and its first change. Anybody may read
 * the image without waiting.
 */
public final class AppliedState {
  private static final Logger LOG = LoggerFactory.getLogger(AppliedState.class);

  private final List<Store.Listener> listeners = new CopyOnWriteArrayList<>();
  private volatile TreeImage image;
  private boolean applying;

  /** The state that starts from {@code image}. */
  public AppliedState(TreeImage image) {
    this.image = image;
  }

  /** The newest image. */
  public TreeImage image() {
    return image;
  }

  /** Applies a command and tells all listeners before it returns. */
  public synchronized Outcome apply(Command command) {
    if (applying) {
      throw new IllegalStateException("a listener of the store must not change it: " + command);
    }
    applying = true;
    try {
      StoreMachine.Step step = StoreMachine.apply(image, command);
      image = step.image();
      step.changes().forEach(this::tell);
      return step.outcome();
    } finally {
      applying = false;
    }
  }

  private void tell(StoreMachine.Change change) {
    Delta delta = change.delta();
    if (isOpen(delta)) {
      tell(delta.revision(), listener -> listener.changed(delta, change.image()));
    } else {
      tell(delta.revision(), listener -> listener.replaced(change.image()));
    }
  }

  /** What cannot be opened cannot be told: whoever follows has to look anew. */
  private static boolean isOpen(Delta delta) {
    Stored before = delta.before();
    return !delta.after().isSealed() && (before == null || !before.isSealed());
  }

  /** Goes on from another image, that of a snapshot, and tells all listeners. */
  public synchronized void replace(TreeImage snapshot) {
    image = snapshot;
    tell(snapshot.revision(), listener -> listener.replaced(snapshot));
  }

  /**
   * Goes on from the objects of another image, at a revision that nobody has seen yet, and tells
   * all listeners: whoever follows learns that he has to look anew.
   */
  public synchronized void continueWith(TreeImage objects) {
    replace(objects.at(Math.max(image.revision(), objects.revision()) + 1));
  }

  /** See {@link Store#subscribe}. */
  public synchronized Image subscribe(Store.Listener listener) {
    listeners.add(listener);
    return image;
  }

  /** See {@link Store#unsubscribe}. */
  public void unsubscribe(Store.Listener listener) {
    listeners.remove(listener);
  }

  private void tell(long revision, Consumer<Store.Listener> what) {
    for (Store.Listener listener : listeners) {
      try {
        what.accept(listener);
      } catch (RuntimeException e) {
        LOG.error("a listener of the store failed at revision {}", revision, e);
      }
    }
  }
}
