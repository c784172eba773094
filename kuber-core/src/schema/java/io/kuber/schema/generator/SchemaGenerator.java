package io.kuber.schema.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes the schema resources of kuber at build time.
 *
 * <p>Reads protobuf descriptors ({@link ProtoTypes}), our own facts ({@link WrittenFacts}) and the
 * annotations of the model classes ({@link ModelDocs}); writes {@code types} and {@code
 * descriptions} ({@link SchemaFile}). Runs in the build only: nothing here is in a jar.
 */
public final class SchemaGenerator {
  private SchemaGenerator() {}

  /** Arguments: the folder of facts, the folder to write into. */
  public static void main(String[] args) throws IOException {
    Path facts = Path.of(args[0]);
    Path out = Path.of(args[1]);
    if (isNewerThan(out.resolve(SchemaFile.LAST), facts, ownClasses())) {
      return;
    }
    Map<String, Type> types = ProtoTypes.all();
    WrittenFacts.addAll(facts, types);
    types.values().forEach(ModelDocs::describe);
    ModelDocs.borrow(types);
    ModelDocs.describeObjects(types);
    SchemaFile.write(out, types);
  }

  private static Path ownClasses() {
    String place = SchemaGenerator.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return Path.of(place);
  }

  /** The version of the client is not compared: the build puts it into the name of the folder. */
  private static boolean isNewerThan(Path written, Path... sources) throws IOException {
    if (!Files.exists(written)) {
      return false;
    }
    FileTime time = Files.getLastModifiedTime(written);
    for (Path folder : sources) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          if (Files.getLastModifiedTime(file).compareTo(time) > 0) {
            return false;
          }
        }
      }
    }
    return true;
  }
}
