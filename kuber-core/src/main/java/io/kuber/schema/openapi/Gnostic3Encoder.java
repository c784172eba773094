package io.kuber.schema.openapi;

import io.kuber.object.Tree;
import io.kuber.schema.proto.ProtoWriter;
import java.util.Map;

/**
 * Encodes an OpenAPI 3 document as gnostic's {@code openapi.v3.Document}, which client-go reads
 * when it wants to save bytes. See {@link GnosticMessages} for the table.
 */
final class Gnostic3Encoder {
  private static final GnosticMessages MESSAGES =
      new GnosticMessages(
          """
          Document openapi=1:text info=2:Info paths=4:(1){}PathItem components=5:Components
          Info title=1:text version=6:text
          Components schemas=1:(1){}&Schema securitySchemes=7:(1){}&SecurityScheme
          SecurityScheme type=1:text description=2:text name=3:text in=4:text
          PathItem get=4:Operation put=5:Operation post=6:Operation delete=7:Operation
          PathItem options=8:Operation head=9:Operation patch=10:Operation
          PathItem parameters=13:[]&Parameter x-=14:any
          Operation tags=1:[]text description=3:text operationId=5:text
          Operation parameters=6:[]&Parameter requestBody=7:&RequestBody
          Operation responses=8:(2){}&Response x-=13:any
          Parameter name=1:text in=2:text description=3:text required=4:bool schema=10:&Schema
          RequestBody description=1:text content=2:(1){}MediaType required=3:bool
          MediaType schema=1:&Schema
          Response description=1:text content=3:(1){}MediaType
          Schema nullable=1:bool example=7:any title=9:text multipleOf=10:number
          Schema maximum=11:number exclusiveMaximum=12:bool minimum=13:number
          Schema exclusiveMinimum=14:bool maxLength=15:integer minLength=16:integer
          Schema pattern=17:text maxItems=18:integer minItems=19:integer uniqueItems=20:bool
          Schema maxProperties=21:integer minProperties=22:integer required=23:[]text
          Schema enum=24:[]any type=25:text allOf=26:[]&Schema oneOf=27:[]&Schema
          Schema anyOf=28:[]&Schema not=29:Schema items=30:(1)&Schema
          Schema properties=31:(1){}&Schema additionalProperties=32:|&Schema default=33:Default
          Schema description=34:text format=35:text x-=36:any
          """,
          Map.of("Default", Gnostic3Encoder::writeDefault));

  private Gnostic3Encoder() {}

  static byte[] encode(Tree document) {
    return MESSAGES.encode("Document", document);
  }

  /** Gnostic has defaults that are plain, and none that are objects or lists. */
  private static void writeDefault(
      GnosticMessages messages, ProtoWriter writer, int number, Object value) {
    if (value instanceof Number) {
      messages.value(writer, number, "(1)number", value);
    } else if (value instanceof Boolean) {
      messages.value(writer, number, "(2)bool", value);
    } else if (value instanceof String) {
      messages.value(writer, number, "(3)text", value);
    }
  }
}
