SqlNode DialectStatement() :
{
    final Span s;
    boolean replace = false;
    final SqlNode statement;
}
{
    <CREATE> { s = span(); }
    [ <OR> <REPLACE> { replace = true; } ]
    (
        statement = CreateStreamRest(s)
    |
        statement = CreatePumpRest(s)
    |
        statement = CreateFunctionRest(s)
    )
    { return statement; }
|
    <ALTER> { s = span(); } statement = AlterPumpRest(s) { return statement; }
|
    <DROP> { s = span(); } statement = DropRest(s) { return statement; }
}

SqlNode CreateStreamRest(Span s) :
{
    final SqlIdentifier name;
    final List<SqlNode> columns = new ArrayList<SqlNode>();
}
{
    <STREAM> name = CompoundIdentifier()
    <LPAREN> AddStreamColumn(columns) ( <COMMA> AddStreamColumn(columns) )* <RPAREN>
    DescriptionOpt()
    { return new CreateStream(s.end(this), name, columns); }
}

void AddStreamColumn(List<SqlNode> columns) :
{
    final SqlIdentifier name;
    final SqlDataTypeSpec type;
}
{
    name = SimpleIdentifier() type = DataType() [ <NOT> <NULL> ]
    {
        columns.add(name);
        columns.add(type);
    }
}

void DescriptionOpt() :
{
}
{
    [ <DESCRIPTION> StringLiteral() ]
}

SqlNode CreatePumpRest(Span s) :
{
    final SqlIdentifier name;
    boolean stopped = false;
    final SqlNode insert;
}
{
    <PUMP> name = CompoundIdentifier()
    [ <STOPPED> { stopped = true; } | <START> ]
    DescriptionOpt()
    <AS> insert = PumpInsert()
    { return new CreatePump(s.end(this), name, stopped, (SqlInsert) insert); }
}

SqlNode PumpInsert() :
{
    final Span s;
    final SqlIdentifier stream;
    SqlNodeList columns = null;
    final SqlNode query;
}
{
    <INSERT> { s = span(); } [ <EXPEDITED> ] <INTO> stream = CompoundIdentifier()
    [ LOOKAHEAD(2) columns = ParenthesizedSimpleIdentifierList() ]
    query = OrderedQueryOrExpr(ExprContext.ACCEPT_QUERY)
    { return new SqlInsert(s.end(query), SqlNodeList.EMPTY, stream, query, columns); }
}

SqlNode CreateFunctionRest(Span s) :
{
    final SqlIdentifier name;
    final List<SqlNode> parameters = new ArrayList<SqlNode>();
    final SqlDataTypeSpec type;
    final SqlNode body;
}
{
    <FUNCTION> name = CompoundIdentifier()
    <LPAREN> [ AddStreamColumn(parameters) ( <COMMA> AddStreamColumn(parameters) )* ] <RPAREN>
    <RETURNS> type = DataType()
    (
        <LANGUAGE> <SQL>
    |
        LOOKAHEAD(2) <NOT> <DETERMINISTIC>
    |
        <DETERMINISTIC>
    |
        <CONTAINS> <SQL>
    |
        <SPECIFIC> SimpleIdentifier()
    |
        LOOKAHEAD(2) <RETURNS> <NULL> <ON> <NULL> <INPUT>
    |
        <CALLED> <ON> <NULL> <INPUT>
    )*
    <RETURN> body = Expression(ExprContext.ACCEPT_NON_QUERY)
    { return new CreateFunction(s.end(this), name, parameters, type, body); }
}

SqlNode AlterPumpRest(Span s) :
{
    final SqlIdentifier name;
    final boolean start;
}
{
    <PUMP> name = CompoundIdentifier()
    ( <START> { start = true; } | <STOP> { start = false; } )
    { return new AlterPump(s.end(this), name, start); }
}

SqlNode DropRest(Span s) :
{
    final String kind;
    final SqlIdentifier name;
}
{
    ( <STREAM> | <PUMP> | <FUNCTION> | <VIEW> | <TABLE> ) { kind = getToken(0).image; }
    name = CompoundIdentifier()
    { return new DropStatement(s.end(this), kind, name); }
}

SqlNode StepFunctionCall() :
{
    final Span s;
    final SqlNode value;
    final SqlNode step;
}
{
    <STEP> { s = span(); } <LPAREN>
    value = Expression(ExprContext.ACCEPT_NON_QUERY) <BY> step = Expression(ExprContext.ACCEPT_NON_QUERY)
    <RPAREN>
    { return DialectOperators.STEP.createCall(s.end(this), value, step); }
}

/* The window is the only element of a GROUP BY list. */
SqlNodeList WindowedByStagger() :
{
    final Span s;
    final Span s1;
    final SqlNodeList keys;
    final SqlNode size;
}
{
    <WINDOWED> { s = span(); } <BY> <STAGGER> <LPAREN>
    <PARTITION> { s1 = span(); } <BY> keys = ExpressionCommaList(s1, ExprContext.ACCEPT_NON_QUERY)
    <RANGE> size = Expression(ExprContext.ACCEPT_NON_QUERY)
    <RPAREN>
    { return SqlNodeList.of(DialectOperators.STAGGER.createCall(s.end(this), keys, size)); }
}
