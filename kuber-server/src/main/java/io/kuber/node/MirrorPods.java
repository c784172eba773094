package io.kuber.node;

import io.kuber.api.StatusReason;
import io.kuber.client.Client;
import io.kuber.client.Client.DeleteOptions;
import io.kuber.loop.Loop;
import io.kuber.object.KubeObject;
import io.kuber.resource.Resources;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The objects that show the node's static pods in the API: made when one is missing, deleted when
 * the pod is gone or another one, and never listened to (pkg/kubelet/pod/mirror_client.go). Owned
 * by the node's loop.
 */
final class MirrorPods {
  private static final Logger LOG = LoggerFactory.getLogger(MirrorPods.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Client client;
  private final Loop loop;
  private final Supplier<KubeObject> node;
  private final Consumer<String> made;

  /** The static pods that run, by namespace and name. */
  private final Map<String, KubeObject> shown = new HashMap<>();

  /** The objects that there are, by namespace and name. */
  private final Map<String, KubeObject> mirrors = new HashMap<>();

  private boolean isListed;
  private boolean closed;

  /**
   * No mirrors yet.
   *
   * @param node the node's object, which owns them
   * @param made hears of the uid of a static pod whose mirror is new, and has no status
   */
  MirrorPods(Client client, Loop loop, Supplier<KubeObject> node, Consumer<String> made) {
    this.client = client;
    this.loop = loop;
    this.node = node;
    this.made = made;
  }

  private static String key(KubeObject pod) {
    return pod.namespace() + "/" + pod.name();
  }

  /** A static pod runs: it is to be seen. */
  void show(KubeObject pod) {
    shown.put(key(pod), pod);
    reconcile(key(pod));
  }

  /** A static pod is no more. */
  void hide(KubeObject pod) {
    KubeObject known = shown.get(key(pod));
    if (known != null && known.uid().equals(pod.uid())) {
      shown.remove(key(pod));
    }
    reconcile(key(pod));
  }

  /** These are all mirrors that there are: those that are missing are missing. */
  void listed(List<KubeObject> all) {
    isListed = true;
    mirrors.clear();
    all.forEach(mirror -> mirrors.put(key(mirror), mirror));
    Set<String> keys = new LinkedHashSet<>(shown.keySet());
    keys.addAll(mirrors.keySet());
    keys.forEach(this::reconcile);
  }

  /** A mirror is there, or has changed. */
  void changed(KubeObject mirror) {
    mirrors.put(key(mirror), mirror);
    reconcile(key(mirror));
  }

  /** A mirror is gone. */
  void removed(KubeObject mirror) {
    mirrors.remove(key(mirror));
    reconcile(key(mirror));
  }

  /** The uid of the static pod that an object shows, if it shows one. */
  Optional<String> shownBy(String mirrorUid) {
    for (KubeObject mirror : mirrors.values()) {
      if (mirror.uid().equals(mirrorUid)) {
        return Optional.ofNullable(shown.get(key(mirror))).map(KubeObject::uid);
      }
    }
    return Optional.empty();
  }

  void close() {
    closed = true;
  }

  private void reconcile(String key) {
    KubeObject pod = shown.get(key);
    KubeObject mirror = mirrors.get(key);
    if (closed || !isListed) {
      return;
    }
    if (mirror != null && (pod == null || !StaticPod.mirrors(mirror, pod))) {
      delete(key, mirror);
    } else if (mirror == null && pod != null) {
      create(key, pod);
    }
  }

  private void create(String key, KubeObject pod) {
    client
        .create(Resources.PODS, StaticPod.mirrorOf(pod, node.get()))
        .whenComplete(
            (created, failure) ->
                loop.execute(
                    () -> {
                      if (failure == null) {
                        made.accept(pod.uid());
                      } else if (!Refusals.isReason(failure, StatusReason.ALREADY_EXISTS)) {
                        LOG.warn("static pod {} cannot be shown: {}", key, failure.toString());
                        loop.schedule(RETRY, () -> reconcile(key));
                      }
                    }));
  }

  private void delete(String key, KubeObject mirror) {
    DeleteOptions now = new DeleteOptions(0, "", mirror.uid(), "");
    client
        .delete(Resources.PODS, mirror.namespace(), mirror.name(), now)
        .whenComplete(
            (done, failure) ->
                loop.execute(
                    () -> {
                      if (failure != null
                          && !Refusals.isReason(
                              failure, StatusReason.NOT_FOUND, StatusReason.CONFLICT)) {
                        LOG.warn("mirror pod {} cannot be deleted: {}", key, failure.toString());
                        loop.schedule(RETRY, () -> reconcile(key));
                      }
                    }));
  }
}
