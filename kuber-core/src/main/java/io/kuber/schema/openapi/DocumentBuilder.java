package io.kuber.schema.openapi;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.schema.Schemas;
import io.kuber.schema.TypeSchema;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Puts whole documents together from definitions and paths. */
final class DocumentBuilder {
  private static final Tree SECURITY =
      Tree.of(
          "BearerToken",
          Tree.of(
              "description",
              "Bearer Token authentication",
              "in",
              "header",
              "name",
              "authorization",
              "type",
              "apiKey"));

  /** A kind whose words for apiVersion, kind and metadata fit every custom resource. */
  private static final String LIKE_ALL = "io.k8s.api.core.v1.ConfigMap";

  private final Schemas schemas;
  private final String version;
  private final Naming naming;

  DocumentBuilder(Schemas schemas, String version) {
    this.schemas = schemas;
    this.version = version;
    this.naming = new Naming(schemas);
  }

  Tree swagger(List<ServedResource> resources) {
    Tree.Builder paths = Tree.builder();
    for (ServedResource resource : resources) {
      for (Operation.Path path : Operations.of(resource, naming)) {
        paths.put(path.path(), SwaggerPaths.path(path));
      }
    }
    return Tree.builder()
        .put("swagger", "2.0")
        .put("info", Tree.of("title", "Kubernetes", "version", version))
        .put("paths", paths.build())
        .put("definitions", definitions(resources, Dialect.V2))
        .put("securityDefinitions", SECURITY)
        .put("security", Items.of(Tree.of("BearerToken", Items.EMPTY)))
        .build();
  }

  Tree openApi3(List<ServedResource> resources) {
    Tree.Builder paths = Tree.builder();
    for (ServedResource resource : resources) {
      for (Operation.Path path : Operations.of(resource, naming)) {
        paths.put(path.path(), OpenApi3Paths.path(path));
      }
    }
    return Tree.builder()
        .put("openapi", "3.0.0")
        .put("info", Tree.of("title", "Kubernetes", "version", version))
        .put("paths", paths.build())
        .put(
            "components",
            Tree.of("schemas", definitions(resources, Dialect.V3), "securitySchemes", SECURITY))
        .build();
  }

  private Tree definitions(List<ServedResource> resources, Dialect dialect) {
    Set<Gvk> kinds = new LinkedHashSet<>();
    resources.forEach(resource -> kinds.add(resource.gvk()));
    Definitions definitions = new Definitions(dialect, kinds);
    definitions.add(type(Operations.STATUS));
    definitions.add(type(Operations.DELETE_OPTIONS));
    definitions.add(type(Operations.PATCH_DEFINITION));
    definitions.add(type("io.k8s.apimachinery.pkg.apis.meta.v1.WatchEvent"));
    for (ServedResource resource : resources) {
      resource
          .customSchema()
          .ifPresentOrElse(
              schema -> addCustom(definitions, resource, schema, dialect),
              () -> addBuiltIn(definitions, resource));
      resource.subresources().forEach(sub -> addKind(definitions, sub.gvk()));
    }
    return definitions.all();
  }

  private void addBuiltIn(Definitions definitions, ServedResource resource) {
    addKind(definitions, resource.gvk());
    addKind(definitions, new Gvk(resource.group(), resource.version(), resource.kind() + "List"));
  }

  private void addKind(Definitions definitions, Gvk gvk) {
    schemas.of(gvk.apiVersion(), gvk.kind()).ifPresent(definitions::add);
  }

  private void addCustom(
      Definitions definitions, ServedResource resource, Tree schema, Dialect dialect) {
    TypeSchema likeAll = type(LIKE_ALL);
    definitions.add(type(CustomDefinitions.OBJECT_META));
    definitions.add(type(CustomDefinitions.LIST_META));
    definitions.add(
        naming.definition(resource.gvk()),
        CustomDefinitions.object(resource, schema, likeAll, dialect));
    definitions.add(
        naming.listDefinition(resource.gvk()),
        CustomDefinitions.list(resource, naming, likeAll, dialect));
  }

  private TypeSchema type(String name) {
    return schemas
        .named(name)
        .orElseThrow(() -> new IllegalStateException("the schema lacks " + name));
  }
}
