package io.kuber.testkit.clients;

import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.Queue;
import java.util.function.Function;

/** Writes down what a watch tells: the action, and what {@code text} finds worth it. */
record Seen<T>(Queue<String> events, Function<T, String> text) implements Watcher<T> {
  @Override
  public void eventReceived(Action action, T object) {
    events.add(action + " " + text.apply(object));
  }

  @Override
  public void onClose(WatcherException cause) {}
}
