package io.kuber.schema.openapi;

import io.kuber.object.Tree;
import io.kuber.schema.proto.ProtoWriter;
import java.util.Map;
import java.util.Objects;

/**
 * Encodes an OpenAPI 2 document as gnostic's {@code openapi.v2.Document}, which kubectl up to 1.26
 * reads before every create and apply. See {@link GnosticMessages} for the table.
 */
final class Gnostic2Encoder {
  private static final GnosticMessages MESSAGES =
      new GnosticMessages(
          """
          Document swagger=1:text info=2:Info paths=8:(2){}PathItem definitions=9:(1){}Schema
          Document securityDefinitions=13:(1){}(2)Security security=12:[]Requirement
          Info title=1:text version=2:text
          PathItem get=2:Operation put=3:Operation post=4:Operation delete=5:Operation
          PathItem options=6:Operation head=7:Operation patch=8:Operation
          PathItem parameters=9:[]Parameter x-=10:any
          Operation tags=1:[]text description=3:text operationId=5:text produces=6:[]text
          Operation consumes=7:[]text parameters=8:[]Parameter responses=9:(1){}(1)Response
          Operation schemes=10:[]text x-=13:any
          body description=1:text name=2:text in=3:text required=4:bool schema=5:Schema
          query required=1:bool in=2:text description=3:text name=4:text type=6:text
          query uniqueItems=20:bool
          path required=1:bool in=2:text description=3:text name=4:text type=5:text
          path uniqueItems=19:bool
          Response description=1:text schema=2:(1)Schema
          Schema $ref=1:text format=2:text title=3:text description=4:text default=5:any
          Schema multipleOf=6:number maximum=7:number exclusiveMaximum=8:bool minimum=9:number
          Schema exclusiveMinimum=10:bool maxLength=11:integer minLength=12:integer
          Schema pattern=13:text maxItems=14:integer minItems=15:integer uniqueItems=16:bool
          Schema maxProperties=17:integer minProperties=18:integer required=19:[]text
          Schema enum=20:[]any additionalProperties=21:|Schema type=22:(1)text items=23:(1)Schema
          Schema properties=25:(1){}Schema x-=31:any
          Security type=1:text name=2:text in=3:text description=4:text
          """,
          Map.of("Parameter", Gnostic2Encoder::parameter, "Requirement", Gnostic2Encoder::demand));

  /** Where parameters go by what {@code in} says: gnostic nests them by kind. */
  private static final Map<String, String> PARAMETERS =
      Map.of("body", "(1)(1)body", "query", "(1)(2)(3)query", "path", "(1)(2)(4)path");

  private Gnostic2Encoder() {}

  static byte[] encode(Tree document) {
    return MESSAGES.encode("Document", document);
  }

  private static void parameter(
      GnosticMessages messages, ProtoWriter writer, int number, Object parameter) {
    String in = ((Tree) parameter).text("in");
    String kind = Objects.requireNonNull(PARAMETERS.get(in), in);
    messages.value(writer, number, kind, parameter);
  }

  private static void demand(
      GnosticMessages messages, ProtoWriter writer, int number, Object requirement) {
    writer.message(
        number,
        item ->
            ((Tree) requirement)
                .forEach(
                    (name, scopes) ->
                        item.message(
                            1,
                            pair -> {
                              pair.text(1, name);
                              pair.message(2, none -> {});
                            })));
  }
}
