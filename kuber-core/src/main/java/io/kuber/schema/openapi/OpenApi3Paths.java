package io.kuber.schema.openapi;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.util.List;

/** Paths as OpenAPI 3 writes them. */
final class OpenApi3Paths {
  private OpenApi3Paths() {}

  static Tree path(Operation.Path path) {
    Tree.Builder item = Tree.builder();
    for (Operation operation : path.operations()) {
      item.put(operation.method(), operation(operation));
    }
    return item.put("parameters", parameters(path.parameters())).build();
  }

  private static Tree operation(Operation operation) {
    Tree.Builder tree =
        Tree.builder()
            .put("description", operation.description())
            .put("operationId", operation.id());
    if (!operation.parameters().isEmpty()) {
      tree.put("parameters", parameters(operation.parameters()));
    }
    operation.body().ifPresent(body -> tree.put("requestBody", body(operation, body)));
    return tree.put("responses", responses(operation))
        .put("tags", Items.of(operation.tag()))
        .put("x-kubernetes-action", operation.action())
        .put("x-kubernetes-group-version-kind", operation.gvk().tree())
        .build();
  }

  private static Tree body(Operation operation, String definition) {
    Tree content = content(operation.consumes(), Dialect.V3.reference(definition));
    return operation.bodyIsOptional()
        ? Tree.of("content", content)
        : Tree.of("content", content, "required", true);
  }

  private static Tree content(List<String> mediaTypes, Tree schema) {
    Tree.Builder content = Tree.builder();
    for (String mediaType : mediaTypes) {
      content.put(mediaType, Tree.of("schema", schema));
    }
    return content.build();
  }

  private static Tree responses(Operation operation) {
    Tree schema = operation.answer().map(Dialect.V3::reference).orElse(Tree.of("type", "string"));
    Tree content = content(operation.produces(), schema);
    Tree.Builder responses = Tree.builder();
    for (int code : operation.codes()) {
      Tree response = Tree.of("content", content, "description", Operation.reason(code));
      responses.put(Integer.toString(code), response);
    }
    return responses.put("401", Tree.of("description", "Unauthorized")).build();
  }

  private static Items parameters(List<Parameter> parameters) {
    return Items.of(parameters.stream().map(OpenApi3Paths::parameter).toArray());
  }

  private static Tree parameter(Parameter parameter) {
    Tree.Builder tree =
        Tree.builder()
            .put("description", parameter.description())
            .put("in", parameter.in())
            .put("name", parameter.name());
    if (parameter.isRequired()) {
      tree.put("required", true);
    }
    return tree.put("schema", Tree.of("type", parameter.type(), "uniqueItems", true)).build();
  }
}
