package io.kuber.schema.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The paths and operations of a resource, with the ids that generated clients know. */
final class Operations {
  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
  static final String PATCH_DEFINITION = META + "Patch";
  static final String STATUS = META + "Status";
  static final String DELETE_OPTIONS = META + "DeleteOptions";

  private static final List<String> ANY = List.of("*/*");
  private static final List<String> ANSWERS =
      List.of("application/json", "application/yaml", "application/vnd.kubernetes.protobuf");
  private static final List<String> STREAMS =
      List.of(
          "application/json",
          "application/yaml",
          "application/vnd.kubernetes.protobuf",
          "application/json;stream=watch",
          "application/vnd.kubernetes.protobuf;stream=watch");
  private static final List<String> PATCHES =
      List.of(
          "application/json-patch+json",
          "application/merge-patch+json",
          "application/strategic-merge-patch+json",
          "application/apply-patch+yaml");

  private final ServedResource resource;
  private final Naming naming;
  private final String definition;
  private final List<Operation.Path> paths = new ArrayList<>();

  private Operations(ServedResource resource, Naming naming) {
    this.resource = resource;
    this.naming = naming;
    this.definition = naming.definition(resource.gvk());
  }

  static List<Operation.Path> of(ServedResource resource, Naming naming) {
    Operations operations = new Operations(resource, naming);
    operations.addCollection();
    operations.addObject();
    resource.subresources().forEach(operations::addSubresource);
    return operations.paths;
  }

  private void addCollection() {
    List<Parameter> scope = new ArrayList<>(List.of(Parameters.PRETTY));
    if (resource.namespaced()) {
      scope.add(0, Parameters.NAMESPACE);
      if (may("list")) {
        String all = "/" + resource.gvk().path() + "/" + resource.plural();
        paths.add(
            new Operation.Path(
                all, List.of(Parameters.PRETTY), List.of(list("ForAllNamespaces", ""))));
      }
    }
    String scoped = resource.namespaced() ? "Namespaced" : "";
    List<Operation> operations = new ArrayList<>();
    if (may("list")) {
      operations.add(list("", scoped));
    }
    if (may("create")) {
      operations.add(
          write("post", "post", "create", scoped, "create a " + resource.kind())
              .answers(definition, 200, 201, 202)
              .build());
    }
    if (may("deletecollection")) {
      String text = "delete collection of " + resource.kind();
      String id = naming.id("delete", resource, "Collection" + scoped, "");
      operations.add(
          operation("delete", "deletecollection", id, text)
              .takes(DELETE_OPTIONS, Parameters.DELETE_COLLECTION)
              .answers(STATUS, 200)
              .build());
    }
    add(collectionPath(), scope, operations);
  }

  private Operation list(String suffix, String scoped) {
    return operation(
            "get",
            "list",
            naming.id("list", resource, scoped, suffix),
            "list or watch objects of kind " + resource.kind())
        .with(Parameters.LIST)
        .produces(STREAMS)
        .answers(naming.listDefinition(resource.gvk()), 200)
        .build();
  }

  private void addObject() {
    String scoped = resource.namespaced() ? "Namespaced" : "";
    List<Operation> operations = new ArrayList<>();
    String kind = resource.kind();
    if (may("get")) {
      operations.add(read(scoped, "read the specified " + kind).answers(definition, 200).build());
    }
    if (may("update")) {
      operations.add(
          write("put", "put", "replace", scoped, "replace the specified " + kind)
              .answers(definition, 200, 201)
              .build());
    }
    if (may("patch")) {
      operations.add(patch(naming.id("patch", resource, scoped, ""), kind, resource.gvk()));
    }
    if (may("delete")) {
      String id = naming.id("delete", resource, scoped, "");
      operations.add(
          operation("delete", "delete", id, "delete a " + kind)
              .takes(DELETE_OPTIONS, Parameters.DELETE)
              .answers(deletedAnswer(), 200, 202)
              .build());
    }
    add(collectionPath() + "/{name}", objectScope(), operations);
  }

  /** Pods and a few others answer a deletion with the object, all others with a status. */
  private String deletedAnswer() {
    return resource.kind().equals("Pod") ? definition : STATUS;
  }

  private OperationBuilder read(String scoped, String text) {
    return operation("get", "get", naming.id("read", resource, scoped, ""), text);
  }

  private OperationBuilder write(
      String method, String action, String word, String scoped, String text) {
    return operation(method, action, naming.id(word, resource, scoped, ""), text)
        .takes(definition, Parameters.WRITE);
  }

  private Operation patch(String id, String what, Gvk gvk) {
    return operation("patch", "patch", id, "partially update the specified " + what)
        .about(gvk)
        .takes(PATCH_DEFINITION, Parameters.PATCH)
        .consumes(PATCHES)
        .answers(naming.definition(gvk), 200, 201)
        .build();
  }

  private void addSubresource(ServedResource.Subresource sub) {
    String scoped = resource.namespaced() ? "Namespaced" : "";
    String suffix = sub.name().substring(0, 1).toUpperCase(Locale.ROOT) + sub.name().substring(1);
    String body = naming.definition(sub.gvk());
    String what = sub.name() + " of the specified " + resource.kind();
    List<Operation> operations = new ArrayList<>();
    if (sub.verbs().contains("get")) {
      OperationBuilder read =
          operation("get", "get", naming.id("read", resource, scoped, suffix), "read " + what)
              .about(sub.gvk());
      operations.add(sub.name().equals("log") ? read.build() : read.answers(body, 200).build());
    }
    if (sub.verbs().contains("create")) {
      operations.add(
          operation("post", "post", naming.id("create", resource, scoped, suffix), "create " + what)
              .about(sub.gvk())
              .takes(body, Parameters.WRITE)
              .answers(body, 200, 201, 202)
              .build());
    }
    if (sub.verbs().contains("update")) {
      operations.add(
          operation("put", "put", naming.id("replace", resource, scoped, suffix), "replace " + what)
              .about(sub.gvk())
              .takes(body, Parameters.WRITE)
              .answers(body, 200, 201)
              .build());
    }
    if (sub.verbs().contains("patch")) {
      operations.add(patch(naming.id("patch", resource, scoped, suffix), what, sub.gvk()));
    }
    if (sub.verbs().contains("connect")) {
      operations.add(connect("get", scoped, suffix, sub));
      operations.add(connect("post", scoped, suffix, sub));
    }
    List<Parameter> scope = objectScope();
    scope.addAll(Parameters.ofSubresource(sub.name()));
    add(collectionPath() + "/{name}/" + sub.name(), scope, operations);
  }

  private Operation connect(
      String method, String scoped, String suffix, ServedResource.Subresource sub) {
    String word = method.substring(0, 1).toUpperCase(Locale.ROOT) + method.substring(1);
    String text = "connect " + method.toUpperCase(Locale.ROOT) + " requests to " + sub.name();
    return operation(method, "connect", naming.id("connect", resource, word + scoped, suffix), text)
        .about(sub.gvk())
        .produces(ANY)
        .build();
  }

  private boolean may(String verb) {
    return resource.verbs().contains(verb);
  }

  private String collectionPath() {
    String scope = resource.namespaced() ? "/namespaces/{namespace}/" : "/";
    return "/" + resource.gvk().path() + scope + resource.plural();
  }

  private List<Parameter> objectScope() {
    List<Parameter> scope = new ArrayList<>();
    scope.add(Parameter.path("name", "name of the " + resource.kind()));
    if (resource.namespaced()) {
      scope.add(Parameters.NAMESPACE);
    }
    scope.add(Parameters.PRETTY);
    return scope;
  }

  private void add(String path, List<Parameter> parameters, List<Operation> operations) {
    if (!operations.isEmpty()) {
      paths.add(new Operation.Path(path, parameters, operations));
    }
  }

  private OperationBuilder operation(String method, String action, String id, String description) {
    return new OperationBuilder(method, action, id, description);
  }

  /** An operation in the making; what is not said is as reads have it. */
  private final class OperationBuilder {
    private final String method;
    private final String action;
    private final String id;
    private final String description;
    private Gvk gvk = resource.gvk();
    private List<Parameter> parameters = List.of();
    private Optional<String> body = Optional.empty();
    private List<String> consumes = ANY;
    private List<String> produces = ANSWERS;
    private List<Integer> codes = List.of(200);
    private Optional<String> answer = Optional.empty();

    OperationBuilder(String method, String action, String id, String description) {
      this.method = method;
      this.action = action;
      this.id = id;
      this.description = description;
    }

    OperationBuilder about(Gvk other) {
      gvk = other;
      return this;
    }

    OperationBuilder with(List<Parameter> more) {
      parameters = more;
      return this;
    }

    OperationBuilder takes(String type, List<Parameter> more) {
      body = Optional.of(type);
      return with(more);
    }

    OperationBuilder consumes(List<String> types) {
      consumes = types;
      return this;
    }

    OperationBuilder produces(List<String> types) {
      produces = types;
      return this;
    }

    OperationBuilder answers(String type, Integer... withCodes) {
      answer = Optional.of(type);
      codes = List.of(withCodes);
      return this;
    }

    Operation build() {
      String tag = Naming.tag(resource);
      return new Operation(
          method,
          action,
          id,
          description,
          tag,
          gvk,
          parameters,
          body,
          consumes,
          produces,
          codes,
          answer);
    }
  }
}
