package io.kuber.client;

import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Reads and writes objects through the API. Stages fail with {@link io.kuber.api.ApiException}. All
 * methods may be called from any thread; stages complete on any thread.
 */
public interface Client {
  /** The object; fails with reason NotFound when there is none. */
  CompletionStage<KubeObject> get(ResourceType type, String namespace, String name);

  /** The objects of a namespace, or of all namespaces when it is empty, that match the options. */
  CompletionStage<ObjectList> list(ResourceType type, String namespace, ListOptions options);

  /**
   * Calls the listener for every change behind {@code resourceVersion}, in order, one at a time.
   * Closing the result ends the watch.
   */
  AutoCloseable watch(
      ResourceType type,
      String namespace,
      ListOptions options,
      String resourceVersion,
      WatchListener listener);

  /** Creates the object and returns it as it was stored. */
  CompletionStage<KubeObject> create(ResourceType type, KubeObject object);

  /** Creates a subresource of an object, such as {@code binding} or {@code eviction} of a pod. */
  CompletionStage<KubeObject> createSubresource(
      ResourceType type, String namespace, String name, String subresource, KubeObject body);

  /** Replaces the object; fails with reason Conflict unless its resourceVersion is the newest. */
  CompletionStage<KubeObject> update(ResourceType type, KubeObject object);

  /** Replaces a subresource of the object, such as {@code status} or {@code scale}. */
  CompletionStage<KubeObject> updateSubresource(
      ResourceType type, String subresource, KubeObject object);

  /** Applies a patch to the object, or to its subresource when that is not empty. */
  CompletionStage<KubeObject> patch(
      ResourceType type,
      String namespace,
      String name,
      String subresource,
      PatchType patchType,
      Object patch);

  /**
   * Makes an object what the configuration wants, or creates it; see {@code io.kuber.managed}.
   *
   * @param configuration with type and names, and the fields that this client is to own
   * @param force whether to take fields from others; without it, fails with reason Conflict
   */
  CompletionStage<KubeObject> apply(
      ResourceType type, String subresource, KubeObject configuration, boolean force);

  /** Deletes the object; completes once deletion has begun, which may not be its end. */
  CompletionStage<Void> delete(
      ResourceType type, String namespace, String name, DeleteOptions options);

  /** The kinds of patches. */
  enum PatchType {
    /** RFC 6902; the patch is an {@link io.kuber.object.Items}. */
    JSON,
    /** RFC 7386; the patch is a {@link Tree}. */
    MERGE,
    /** Strategic merge; the patch is a {@link Tree}. */
    STRATEGIC,
    /** Server-side apply; the patch is a {@link Tree}: what the client wants of the object. */
    APPLY
  }

  /** Objects at one revision. */
  record ObjectList(List<KubeObject> objects, String resourceVersion) {
    /** Copies the list. */
    public ObjectList {
      objects = List.copyOf(objects);
    }
  }

  /** Which objects to list or watch; empty selectors match all. */
  record ListOptions(String labelSelector, String fieldSelector) {
    /** All objects. */
    public static final ListOptions ALL = new ListOptions("", "");
  }

  /**
   * How to delete.
   *
   * @param gracePeriodSeconds negative for the kind's own default
   * @param propagationPolicy Background, Foreground, Orphan, or empty for the kind's own default
   * @param uid the object must have it; empty for any
   * @param resourceVersion the object must have it; empty for any
   */
  record DeleteOptions(
      long gracePeriodSeconds, String propagationPolicy, String uid, String resourceVersion) {
    /** The kind's own defaults, no preconditions. */
    public static final DeleteOptions DEFAULT = new DeleteOptions(-1, "", "", "");

    /** Delete only the object that has this uid. */
    public static DeleteOptions ofUid(String uid) {
      return new DeleteOptions(-1, "", uid, "");
    }
  }

  /** Receives the events of a watch. */
  interface WatchListener {
    /** The object was added, or came to match the selectors. */
    void added(KubeObject object);

    /** The object changed. */
    void modified(KubeObject object);

    /** The object was deleted, or no longer matches the selectors; this is its last state. */
    void deleted(KubeObject object);

    /** The watch ended, by a failure or because it fell behind: list again and watch anew. */
    void ended(RuntimeException reason);
  }
}
