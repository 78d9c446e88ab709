package dev.vidimus.evidence.sigstore.fulcio;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.trust.DerShape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.OtherName;
import org.jspecify.annotations.Nullable;

/// Who a leaf says that its holder is, by
/// [Fulcio's extensions](https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md).
///
/// @param names email addresses, URIs and names of Fulcio's own kind, in order
/// @param issuer URL of the identity provider; empty if it is not said
public record CertifiedIdentity(List<String> names, String issuer) {
  private static final String SUBJECT_ALTERNATIVE_NAMES = "2.5.29.17";

  /// A name that is no address of anything: `user!issuer`.
  private static final String USER_NAME = "1.3.6.1.4.1.57264.1.7";

  /// The issuer as a UTF8String in DER, and the deprecated form, its bare bytes.
  private static final String ISSUER = "1.3.6.1.4.1.57264.1.8";

  private static final String BARE_ISSUER = "1.3.6.1.4.1.57264.1.1";
  private static final int MOST_BYTES = 1 << 16;
  private static final int MOST_NAMES = 64;

  public CertifiedIdentity {
    names = List.copyOf(names);
  }

  /// Reads a leaf's extensions.
  public static CertifiedIdentity of(X509Certificate leaf) throws FormatException {
    return new CertifiedIdentity(names(leaf), issuer(leaf));
  }

  private static List<String> names(X509Certificate leaf) throws FormatException {
    byte[] value = value(leaf, SUBJECT_ALTERNATIVE_NAMES);
    List<String> names = new ArrayList<>();
    if (value != null) {
      try {
        GeneralName[] general = GeneralNames.getInstance(decode(value)).getNames();
        if (general.length > MOST_NAMES) {
          throw new FormatException.LimitExceeded(
              "subject alternative names", 0, general.length + " names, over " + MOST_NAMES);
        }
        for (GeneralName name : general) {
          String text = name(name);
          if (text != null) {
            names.add(text);
          }
        }
      } catch (RuntimeException e) { // the decoder refuses in many ways
        throw malformed("subject alternative names", e);
      }
    }
    return names;
  }

  private static @Nullable String name(GeneralName name) {
    return switch (name.getTagNo()) {
      case GeneralName.rfc822Name, GeneralName.uniformResourceIdentifier ->
          ((ASN1String) name.getName()).getString();
      case GeneralName.otherName -> {
        OtherName other = OtherName.getInstance(name.getName());
        if (!other.getTypeID().getId().equals(USER_NAME)) {
          yield null;
        }
        yield ASN1UTF8String.getInstance(other.getValue()).getString();
      }
      default -> null;
    };
  }

  private static String issuer(X509Certificate leaf) throws FormatException {
    byte[] value = value(leaf, ISSUER);
    if (value != null) {
      try {
        return ASN1UTF8String.getInstance(decode(value)).getString();
      } catch (RuntimeException e) { // as above
        throw malformed("issuer", e);
      }
    }
    byte[] bare = value(leaf, BARE_ISSUER);
    return bare == null ? "" : new String(bare, StandardCharsets.UTF_8);
  }

  /// The value of an extension without the OCTET STRING around it, or null.
  static byte @Nullable [] value(X509Certificate leaf, String extension) throws FormatException {
    byte[] wrapped = leaf.getExtensionValue(extension);
    if (wrapped == null) {
      return null;
    }
    try {
      return ASN1OctetString.getInstance(decode(wrapped)).getOctets();
    } catch (RuntimeException e) {
      throw malformed("extension " + extension, e);
    }
  }

  private static ASN1Primitive decode(byte[] der) throws FormatException {
    DerShape.require(der, MOST_BYTES, "extension");
    try {
      return ASN1Primitive.fromByteArray(der);
    } catch (IOException e) {
      throw new FormatException.Malformed("extension", 0, "is no DER: " + e.getMessage());
    }
  }

  private static FormatException malformed(String what, RuntimeException e) {
    return new FormatException.Malformed(what, 0, "is not of its form: " + e.getMessage());
  }
}
