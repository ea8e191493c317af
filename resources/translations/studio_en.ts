<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>BatchCommands</name>
    <message numerus="yes">
        <source>Remove %n picture(s) of the batch?</source>
        <translation>
            <numerusform>Remove %n picture of the batch?</numerusform>
            <numerusform>Remove %n pictures of the batch?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The batch is finished: %n picture(s).</source>
        <translation>
            <numerusform>The batch is finished: %n picture.</numerusform>
            <numerusform>The batch is finished: %n pictures.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n try-on(s) of a batch are still to be made.</source>
        <translation>
            <numerusform>%n try-on of a batch is still to be made.</numerusform>
            <numerusform>%n try-ons of a batch are still to be made.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BatchWindow</name>
    <message numerus="yes">
        <source>%n doubtful</source>
        <translation>
            <numerusform>%n doubtful</numerusform>
            <numerusform>%n doubtful</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CellMenu</name>
    <message numerus="yes">
        <source>Make %n again with another seed</source>
        <translation>
            <numerusform>Make it again with another seed</numerusform>
            <numerusform>Make %n again with another seed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DataStatus</name>
    <message numerus="yes">
        <source>%n broken one(s) are skipped.</source>
        <translation>
            <numerusform>%n broken one is skipped.</numerusform>
            <numerusform>%n broken ones are skipped.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n doubtful one(s) are skipped.</source>
        <translation>
            <numerusform>%n doubtful one is skipped.</numerusform>
            <numerusform>%n doubtful ones are skipped.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HistoryList</name>
    <message numerus="yes">
        <source>Delete %n try-on(s)</source>
        <translation>
            <numerusform>Delete %n try-on</numerusform>
            <numerusform>Delete %n try-ons</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ListsBinding</name>
    <message numerus="yes">
        <source>Delete all %n try-on(s) of the history?</source>
        <translation>
            <numerusform>Delete the %n try-on of the history?</numerusform>
            <numerusform>Delete all %n try-ons of the history?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SaveBatch</name>
    <message numerus="yes">
        <source>Only the %n &amp;favourite(s)</source>
        <translation>
            <numerusform>Only the %n &amp;favourite</numerusform>
            <numerusform>Only the %n &amp;favourites</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n second</numerusform>
            <numerusform>%n seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
</context>
</TS>
