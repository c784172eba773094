package io.kuber.testkit.chaos;

import io.kuber.client.Client.WatchListener;
import io.kuber.object.KubeObject;
import io.kuber.testkit.chaos.Fault.DoubledEvent;
import io.kuber.testkit.chaos.Fault.LostEvent;
import io.kuber.testkit.chaos.Fault.SlowEvent;
import io.kuber.testkit.chaos.Fault.Target;
import io.kuber.testkit.chaos.Fault.WatchClosed;
import io.kuber.testkit.chaos.Fault.WatchExpired;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The events of a watch of a part of kuber itself, on their way to it. For any thread. */
final class FaultyWatch implements WatchListener, AutoCloseable {
  private final Faults faults;
  private final Asked asked;
  private final WatchListener listener;
  private final Lane lane;
  private @Nullable AutoCloseable watch;
  private boolean over;

  FaultyWatch(Faults faults, Asked asked, WatchListener listener) {
    this.faults = faults;
    this.asked = asked;
    this.listener = listener;
    this.lane = new Lane(faults);
  }

  void begin(AutoCloseable opened) {
    boolean late;
    synchronized (this) {
      watch = opened;
      late = over;
    }
    if (late) {
      close(opened);
    }
  }

  @Override
  public void added(KubeObject object) {
    event(object, listener::added);
  }

  @Override
  public void modified(KubeObject object) {
    event(object, listener::modified);
  }

  @Override
  public void deleted(KubeObject object) {
    event(object, listener::deleted);
  }

  private void event(KubeObject object, Consumer<KubeObject> told) {
    if (faults.isQuiet()) {
      lane.pass(() -> tell(object, told));
      return;
    }
    Asked about = asked.about(object.namespace(), object.name());
    Fault fault = faults.strike(Target.EVENT, about).orElse(null);
    if (fault instanceof LostEvent) {
      return;
    }
    if (fault instanceof SlowEvent slow) {
      lane.hold(slow.time());
    }
    if (fault instanceof WatchClosed) {
      lane.pass(() -> end(Refusals.lost()));
    } else if (fault instanceof WatchExpired) {
      lane.pass(() -> end(Refusals.expired()));
    } else {
      lane.pass(() -> tell(object, told));
      if (fault instanceof DoubledEvent) {
        lane.pass(() -> tell(object, told));
      }
    }
  }

  private void tell(KubeObject object, Consumer<KubeObject> told) {
    if (!isOver()) {
      told.accept(object);
    }
  }

  private synchronized boolean isOver() {
    return over;
  }

  @Override
  public void ended(RuntimeException reason) {
    lane.pass(() -> end(reason));
  }

  /** The watch ends, for its owner and for the server. */
  void end(RuntimeException reason) {
    if (!isOver()) {
      close();
      listener.ended(reason);
    }
  }

  @Override
  public void close() {
    AutoCloseable opened;
    synchronized (this) {
      over = true;
      opened = watch;
    }
    if (opened != null) {
      close(opened);
    }
  }

  private static void close(AutoCloseable opened) {
    try {
      opened.close();
    } catch (Exception e) {
      throw new IllegalStateException("a watch did not close", e);
    }
  }
}
