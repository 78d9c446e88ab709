S
"serve*2.15.0@

cPartitionedCall(
&

f
e	WriteFile*
contentsx