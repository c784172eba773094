package io.kuber.schema.openapi;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Map;

/** The parameters of each verb; clients look here for what they may ask of the server. */
final class Parameters {
  private static final Parameter DRY_RUN =
      Parameter.query("dryRun", "string", "With All, everything is done but nothing is stored.");

  private static final Parameter FIELD_MANAGER =
      Parameter.query(
          "fieldManager",
          "string",
          "Who makes the change: at most 128 printable characters. Required to apply.");

  private static final Parameter FIELD_VALIDATION =
      Parameter.query(
          "fieldValidation",
          "string",
          "What to do with unknown or duplicate fields: Ignore, Warn (the default) or Strict.");

  static final Parameter PRETTY =
      Parameter.query("pretty", "string", "With true, the answer is indented.");

  static final Parameter NAMESPACE =
      Parameter.path("namespace", "object name and auth scope, such as for teams and projects");

  /** What narrows a list down, without what only a watch needs. */
  private static final List<Parameter> SELECTION =
      List.of(
          Parameter.query("continue", "string", "Where to go on, from the metadata of a list."),
          Parameter.query("fieldSelector", "string", "Selects objects by their fields."),
          Parameter.query("labelSelector", "string", "Selects objects by their labels."),
          Parameter.query("limit", "integer", "How many objects an answer has at most."),
          Parameter.query("resourceVersion", "string", "The version of the list to start from."),
          Parameter.query(
              "resourceVersionMatch", "string", "What resourceVersion means: Exact, NotOlderThan."),
          Parameter.query(
              "sendInitialEvents", "boolean", "Whether a watch starts with the objects there are."),
          Parameter.query("timeoutSeconds", "integer", "How long the call lasts at most."));

  static final List<Parameter> LIST =
      ImmutableList.<Parameter>builder()
          .add(
              Parameter.query(
                  "allowWatchBookmarks", "boolean", "Whether a watch may get bookmarks."))
          .addAll(SELECTION)
          .add(Parameter.query("watch", "boolean", "Follow changes instead of listing."))
          .build();

  static final List<Parameter> WRITE = List.of(DRY_RUN, FIELD_MANAGER, FIELD_VALIDATION);

  static final List<Parameter> PATCH =
      List.of(
          DRY_RUN,
          FIELD_MANAGER,
          FIELD_VALIDATION,
          Parameter.query("force", "boolean", "Apply only: take fields that others own."));

  static final List<Parameter> DELETE =
      List.of(
          DRY_RUN,
          Parameter.query("gracePeriodSeconds", "integer", "Seconds until the object is gone."),
          Parameter.query(
              "ignoreStoreReadErrorWithClusterBreakingPotential",
              "boolean",
              "Deletes an object that cannot be read; may break the cluster."),
          Parameter.query("orphanDependents", "boolean", "Deprecated: see propagationPolicy."),
          Parameter.query(
              "propagationPolicy", "string", "Orphan, Background or Foreground deletion."));

  static final List<Parameter> DELETE_COLLECTION =
      ImmutableList.<Parameter>builder().addAll(SELECTION).addAll(DELETE).build();

  private static final Parameter CONTAINER =
      Parameter.query("container", "string", "Which container, where the pod has several.");

  private static final List<Parameter> ATTACH =
      List.of(
          CONTAINER,
          Parameter.query("stdin", "boolean", "Whether the client sends input."),
          Parameter.query("stdout", "boolean", "Whether the client wants the output."),
          Parameter.query("stderr", "boolean", "Whether the client wants the error output."),
          Parameter.query("tty", "boolean", "Whether the streams are those of a terminal."));

  private static final List<Parameter> LOG =
      List.of(
          CONTAINER,
          Parameter.query("follow", "boolean", "Whether to wait for lines still to be written."),
          Parameter.query("limitBytes", "integer", "At most so many bytes."),
          Parameter.query("previous", "boolean", "The log of the instance before this one."),
          Parameter.query("sinceSeconds", "integer", "Lines of the last so many seconds."),
          Parameter.query("sinceTime", "string", "Lines since this time, as in RFC 3339."),
          Parameter.query("tailLines", "integer", "At most so many lines, the last ones."),
          Parameter.query("timestamps", "boolean", "Whether each line begins with its time."));

  private static final Map<String, List<Parameter>> SUBRESOURCES =
      Map.of(
          "attach",
          ATTACH,
          "exec",
          ImmutableList.<Parameter>builder()
              .addAll(ATTACH)
              .add(Parameter.query("command", "string", "What to run; once for each word."))
              .build(),
          "log",
          LOG,
          "portforward",
          List.of(Parameter.query("ports", "integer", "Which ports; WebSockets need them.")),
          "proxy",
          List.of(Parameter.query("path", "string", "Where to go behind the proxy.")));

  private Parameters() {}

  /** What a part of an object may be asked for beyond what all may. */
  static List<Parameter> ofSubresource(String name) {
    return SUBRESOURCES.getOrDefault(name, List.of());
  }
}
