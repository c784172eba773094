package io.kuber.boot;

import io.kuber.client.Client;
import io.kuber.node.feed.Warnings;
import io.kuber.object.KubeObject;
import io.kuber.reconcile.EventRecorder;
import io.kuber.reconcile.Note;
import java.time.InstantSource;

/** Writes what people have to know of a node's rules as Events. Owned by the loop of the feed. */
final class ProxyWarnings implements Warnings {
  private static final String REPORTER = "kube-proxy";

  private final EventRecorder events;

  ProxyWarnings(Client client, InstantSource clock) {
    this.events = new EventRecorder(client, clock);
  }

  @Override
  public void warn(KubeObject about, String reason, String message) {
    events.record(REPORTER, Note.warning(about, reason, message));
  }
}
