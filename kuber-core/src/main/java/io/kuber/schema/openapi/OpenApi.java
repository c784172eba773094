package io.kuber.schema.openapi;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableMap;
import io.kuber.json.Json;
import io.kuber.object.Tree;
import io.kuber.schema.Schemas;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The OpenAPI documents of one set of resources.
 *
 * <p>Making one is cheap: each document is built when it is first asked for, and then kept. When a
 * custom resource comes or changes, make a new one. Safe for all threads.
 */
public final class OpenApi {
  private final Schemas schemas;
  private final String version;
  private final Supplier<Document> swaggerJson;
  private final Supplier<Document> swaggerProtobuf;
  private final Supplier<Document> index;

  /** Version 3, by path such as {@code apis/apps/v1}. */
  private final ImmutableMap<String, GroupVersion> groupVersions;

  /** The documents of one group and version, kept as long as its resources are the same. */
  private record GroupVersion(
      List<ServedResource> resources,
      Supplier<String> hash,
      Supplier<Document> json,
      Supplier<Document> protobuf) {}

  private OpenApi(
      List<ServedResource> resources,
      Schemas schemas,
      String version,
      Map<String, GroupVersion> known) {
    this.schemas = schemas;
    this.version = version;
    DocumentBuilder builder = new DocumentBuilder(schemas, version);
    List<ServedResource> all = List.copyOf(resources);
    swaggerJson = Suppliers.memoize(() -> Document.of(Json.print(builder.swagger(all))));
    swaggerProtobuf =
        Suppliers.memoize(() -> Document.of(Gnostic2Encoder.encode(builder.swagger(all))));
    ImmutableMap.Builder<String, GroupVersion> documents = ImmutableMap.builder();
    byPath(all)
        .forEach(
            (path, here) -> {
              GroupVersion before = known.get(path);
              documents.put(
                  path,
                  before != null && before.resources.equals(here)
                      ? before
                      : groupVersion(here, builder));
            });
    groupVersions = documents.buildOrThrow();
    index = Suppliers.memoize(this::makeIndex);
  }

  private GroupVersion groupVersion(List<ServedResource> here, DocumentBuilder builder) {
    Supplier<String> hash = Suppliers.memoize(() -> Document.hashOf(version + here));
    return new GroupVersion(
        here,
        hash,
        memoized(hash, () -> Json.print(builder.openApi3(here))),
        memoized(hash, () -> Gnostic3Encoder.encode(builder.openApi3(here))));
  }

  private Document makeIndex() {
    Tree.Builder paths = Tree.builder();
    groupVersions.forEach(
        (path, here) -> {
          String url = "/openapi/v3/" + path + "?hash=" + here.hash.get();
          paths.put(path, Tree.of("serverRelativeURL", url));
        });
    return Document.of(Json.print(Tree.of("paths", paths.build())));
  }

  /**
   * The documents of the given resources.
   *
   * @param resources every served version of every resource, in the order of discovery
   * @param schemas the types of their kinds
   * @param version of the server, such as {@code v1.36.0+kuber}
   */
  public static OpenApi of(List<ServedResource> resources, Schemas schemas, String version) {
    return new OpenApi(resources, schemas, version, Map.of());
  }

  /** The documents of other resources; groups in which nothing changed keep theirs. */
  public OpenApi of(List<ServedResource> resources) {
    return new OpenApi(resources, schemas, version, groupVersions);
  }

  private static Supplier<Document> memoized(Supplier<String> hash, Supplier<byte[]> bytes) {
    return Suppliers.memoize(() -> new Document(bytes.get(), hash.get()));
  }

  private static Map<String, List<ServedResource>> byPath(List<ServedResource> resources) {
    Map<String, List<ServedResource>> byPath = new LinkedHashMap<>();
    for (ServedResource resource : resources) {
      byPath.computeIfAbsent(resource.gvk().path(), path -> new ArrayList<>()).add(resource);
    }
    return byPath;
  }

  /** {@code /openapi/v2} as JSON. */
  public Document swaggerJson() {
    return swaggerJson.get();
  }

  /** {@code /openapi/v2} as gnostic's protobuf. */
  public Document swaggerProtobuf() {
    return swaggerProtobuf.get();
  }

  /** {@code /openapi/v3}: where the documents of version 3 are, and their hashes. */
  public Document index() {
    return index.get();
  }

  /**
   * {@code /openapi/v3/<path>}.
   *
   * @param path such as {@code api/v1} or {@code apis/apps/v1}
   */
  public Optional<Document> groupVersion(String path) {
    return Optional.ofNullable(groupVersions.get(path)).map(here -> here.json.get());
  }

  /** The same as gnostic's protobuf, with the same hash. */
  public Optional<Document> groupVersionProtobuf(String path) {
    return Optional.ofNullable(groupVersions.get(path)).map(here -> here.protobuf.get());
  }
}
