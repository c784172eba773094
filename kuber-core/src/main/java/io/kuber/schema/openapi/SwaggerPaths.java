package io.kuber.schema.openapi;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.util.ArrayList;
import java.util.List;

/** Paths as OpenAPI 2 writes them. */
final class SwaggerPaths {
  private SwaggerPaths() {}

  static Tree path(Operation.Path path) {
    Tree.Builder item = Tree.builder();
    for (Operation operation : path.operations()) {
      item.put(operation.method(), operation(operation));
    }
    return item.put("parameters", parameters(path.parameters())).build();
  }

  private static Tree operation(Operation operation) {
    List<Object> parameters = new ArrayList<>();
    operation.body().ifPresent(body -> parameters.add(body(operation, body)));
    operation.parameters().forEach(parameter -> parameters.add(parameter(parameter)));
    return Tree.builder()
        .put("consumes", Items.copyOf(operation.consumes()))
        .put("description", operation.description())
        .put("operationId", operation.id())
        .put("parameters", Items.copyOf(parameters))
        .put("produces", Items.copyOf(operation.produces()))
        .put("responses", responses(operation))
        .put("schemes", Items.of("https"))
        .put("tags", Items.of(operation.tag()))
        .put("x-kubernetes-action", operation.action())
        .put("x-kubernetes-group-version-kind", operation.gvk().tree())
        .build();
  }

  private static Tree body(Operation operation, String definition) {
    Tree.Builder body = Tree.builder().put("in", "body").put("name", "body");
    if (!operation.bodyIsOptional()) {
      body.put("required", true);
    }
    return body.put("schema", Dialect.V2.reference(definition)).build();
  }

  private static Tree responses(Operation operation) {
    Tree schema = operation.answer().map(Dialect.V2::reference).orElse(Tree.of("type", "string"));
    Tree.Builder responses = Tree.builder();
    for (int code : operation.codes()) {
      Tree response = Tree.of("description", Operation.reason(code), "schema", schema);
      responses.put(Integer.toString(code), response);
    }
    return responses.put("401", Tree.of("description", "Unauthorized")).build();
  }

  private static Items parameters(List<Parameter> parameters) {
    return Items.of(parameters.stream().map(SwaggerPaths::parameter).toArray());
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
    return tree.put("type", parameter.type()).put("uniqueItems", true).build();
  }
}
