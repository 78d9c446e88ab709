/// Private keys that stay in a token: a smart card, a hardware security module, SoftHSM.
///
/// [Pkcs11Uri] says which key, [TokenSlots] finds the token by its label, and [TokenKey] signs with
/// the JDK's provider SunPKCS11. The module is native code of the user's choice; what reaches it is
/// a PIN and hashes to sign, never the bytes of an artifact.
@NullMarked
package dev.vidimus.evidence.keys.pkcs11;

import org.jspecify.annotations.NullMarked;
